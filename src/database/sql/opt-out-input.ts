import { type OptOutStatement } from '../opt-out-store';

/** A select of the statements that are bound by `optOutInput`; `position` is their order. */
export const OPT_OUT_INPUT = `
    select said.*
    from jsonb_to_recordset(cast(:statements as jsonb)) as said (position integer, address text, sender text, channel text,
      category text, opted_out boolean, source text, evidence text, actor text, reason text, at timestamptz(3))`;

/** The bindings of `OPT_OUT_INPUT`. */
export function optOutInput(statements: readonly OptOutStatement[]): { readonly statements: string } {
  const rows = statements.map(({ scope, optedOut, ...statement }, position) => ({
    position,
    ...scope,
    ...statement,
    opted_out: optedOut,
  }));
  return { statements: JSON.stringify(rows) };
}
