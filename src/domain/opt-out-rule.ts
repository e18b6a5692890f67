import { type OptOutScope, scopeCovers } from './opt-out-scope';

/** What the rule needs to know of a statement of the ledger. */
export interface ScopedStatement {
  readonly scope: OptOutScope;
  readonly optedOut: boolean;
  /** When it was said, ISO 8601. */
  readonly at: string;
  /** `receipt`: nobody has said it, an error code of Twilio's has told it. */
  readonly source?: string;
}

const PARTS = ['sender', 'channel', 'category'] as const;

/**
 * Whether a START takes back a STOP, for a message that both are about: it is newer, and at least as narrow, so that it names
 * every part that the STOP names. At the same moment the STOP counts.
 */
function takesBack(start: ScopedStatement, stop: ScopedStatement): boolean {
  const isNewer = Date.parse(start.at) > Date.parse(stop.at);
  return isNewer && PARTS.every((part) => stop.scope[part] === undefined || start.scope[part] !== undefined);
}

/**
 * The STOP that holds a message back, or undefined when it may be sent; of several scopes the newest that somebody said, or else the newest
 * that Twilio told, so that a block does not hide a word. The statements are those about its recipient, all
 * of them or the newest of each scope: it comes to the same, in any order. `COVERING_OPT_OUT` is the same rule for Postgres.
 */
export function stopFor<Statement extends ScopedStatement>(
  statements: readonly Statement[],
  message: Parameters<typeof scopeCovers>[1],
): Statement | undefined {
  const covering = statements.filter(({ scope }) => scopeCovers(scope, message));
  return covering
    .filter((stop) => stop.optedOut && !covering.some((start) => !start.optedOut && takesBack(start, stop)))
    .sort((one, other) => rankOf(one) - rankOf(other) || Date.parse(other.at) - Date.parse(one.at))[0];
}

function rankOf({ source }: ScopedStatement): number {
  return source === 'receipt' ? 1 : 0;
}
