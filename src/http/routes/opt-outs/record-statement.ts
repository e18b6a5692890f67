import { type OptOutStore } from '../../../database/opt-out-store';
import { type OptOutScope } from '../../../domain/opt-out-scope';
import { compact } from '../../../twilio/compact';
import { type AppContext, tenantOf } from '../../app-context';

export interface OptOutDependencies {
  readonly optOuts: OptOutStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Writes what a tenant says about an address into the ledger; the request's id is the evidence. */
export async function recordStatement(
  { optOuts, now }: OptOutDependencies,
  context: AppContext,
  statement: {
    readonly address: string;
    readonly scope: OptOutScope;
    readonly optedOut: boolean;
    readonly reason?: string | undefined;
  },
): Promise<void> {
  const { address, scope, optedOut, reason } = statement;
  await optOuts.record({
    address,
    scope,
    optedOut,
    source: 'api',
    evidence: `request ${context.state.requestId}`,
    actor: tenantOf(context),
    ...compact({ reason }),
    at: new Date(now()).toISOString(),
  });
}
