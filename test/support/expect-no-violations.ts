import { checkDeployment, type CheckReport } from '../../src/checker/check-deployment';
import { createDatabase } from '../../src/database/client';
import { connectClient } from '../../src/temporal/connect-client';
import { testServices } from './test-services';

/** Where the evidence of what a test did is. */
export interface TestEvidence {
  /** The simulator's log. */
  readonly logFile: string;
  /** Straight to the server. */
  readonly databaseUrl: string;
  readonly namespace: string;
  /** Without it the server of all tests. */
  readonly temporalAddress?: string;
  /** What was answered 202. */
  readonly acceptedMessageIds: readonly string[];
}

/** Lets the checker compare what a test left behind. @param settledWithinMs see CheckSources */
export async function checkEvidence(evidence: TestEvidence, settledWithinMs?: number): Promise<CheckReport> {
  const { acceptedMessageIds, databaseUrl: url, logFile, namespace, temporalAddress } = evidence;
  const knex = createDatabase({ url, poolMax: 1, applicationName: 'posthorn test checker' });
  const { client: temporal, close } = connectClient(
    { namespace, connectionOptions: { address: temporalAddress ?? testServices().temporalAddress } },
    [],
  );
  try {
    return await checkDeployment({
      logFile,
      knex,
      temporal,
      acceptedMessageIds,
      ...(settledWithinMs === undefined ? {} : { settledWithinMs }),
    });
  } finally {
    await Promise.all([close(), knex.destroy()]);
  }
}

/** Whatever a test did, every promise was kept, and there was something to check. For `afterAll`, before all is stopped. */
export async function expectNoViolations(evidence: TestEvidence): Promise<void> {
  const { checked, violations } = await checkEvidence(evidence);
  expect(violations).toEqual([]);
  expect(Math.min(checked.messages, checked.creates, checked.receipts, checked.workflows)).toBeGreaterThan(0);
  expect(checked.messages).toBeGreaterThanOrEqual(new Set(evidence.acceptedMessageIds).size);
}
