import { randomUUID } from 'node:crypto';
import { type OptOutStatement, type OptOutStore } from '../database/opt-out-store';

/** What an operator says at the command line. Addresses are E.164. */
export interface OperatorStatement {
  readonly address: string;
  readonly optedOut: boolean;
  readonly reason?: string | undefined;
}

/** Writes down that an operator opted a recipient out of everything, or lifted all that the recipient had opted out of. */
export async function recordOperatorStatement(
  optOuts: OptOutStore,
  { address, optedOut, reason }: OperatorStatement,
): Promise<void> {
  const scopes = optedOut
    ? [{}]
    : (await optOuts.show(address)).filter((entry) => entry.optedOut).map(({ scope }) => scope);
  for (const scope of scopes) {
    const statement: OptOutStatement = {
      address,
      scope,
      optedOut,
      source: 'api',
      evidence: `command ${randomUUID()}`,
      actor: 'operator',
      ...(reason === undefined ? {} : { reason }),
      at: new Date().toISOString(),
    };
    await optOuts.record(statement);
  }
}
