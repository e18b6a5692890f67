import { randomUUID } from 'node:crypto';
import { type OptOutStatement, type OptOutStore } from '../database/opt-out-store';
import { type OptOutScope } from '../domain/opt-out-scope';
import { overridesRecipient } from '../opt-outs/overrides-recipient';
import { UsageError } from './usage-error';

/** Who an operator is in the history who does not say. */
export const OPERATOR = 'operator';

/** What an operator says at the command line. Addresses are E.164. */
export interface OperatorStatement {
  readonly address: string;
  readonly optedOut: boolean;
  /** Of what; without it of everything. What is lifted is all that the recipient has opted out of. */
  readonly scope?: OptOutScope;
  readonly reason?: string | undefined;
  /** Who says it. */
  readonly by: string;
}

/**
 * Writes down that an operator opted a recipient out, or lifted all that the recipient had opted out of.
 * @throws UsageError when it goes against the recipient's own word without a reason.
 */
export async function recordOperatorStatement(
  optOuts: Pick<OptOutStore, 'record' | 'show'>,
  { address, by, optedOut, reason, scope: given = {} }: OperatorStatement,
): Promise<void> {
  const entries = await optOuts.show(address);
  if (reason === undefined && (!optedOut || overridesRecipient(entries, given))) {
    throw new UsageError('The recipient has said otherwise: give --reason <text>, why that no longer counts.');
  }
  const scopes = optedOut ? [given] : entries.filter((entry) => entry.optedOut).map(({ scope }) => scope);
  for (const scope of scopes) {
    const statement: OptOutStatement = {
      address,
      scope,
      optedOut,
      source: 'operator',
      evidence: `command ${randomUUID()}`,
      actor: by,
      ...(reason === undefined ? {} : { reason }),
      at: new Date().toISOString(),
    };
    await optOuts.record(statement);
  }
}
