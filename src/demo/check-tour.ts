import { type CheckReport, checkDeployment } from '../checker/check-deployment';
import { createDatabase } from '../database/client';
import { type Stack } from '../local/stack';
import { connectClient } from '../temporal/connect-client';
import { type Paint } from '../cli/paint';
import { type ScenarioResult } from './play-scenario';

/** Lets the checker compare what the simulator did on the tour with Postgres and Temporal. */
export async function checkTour(
  { databaseUrl, simulator, temporal }: Stack,
  logFile: string,
  results: readonly ScenarioResult[],
): Promise<CheckReport> {
  await simulator.control.whenIdle();
  const { address, namespace } = temporal;
  const knex = createDatabase({ url: databaseUrl, poolMax: 1, applicationName: 'posthorn demo checker' });
  const { client, close } = connectClient({ namespace, connectionOptions: { address } }, []);
  const acceptedMessageIds = results.flatMap(({ sent }) => sent.map(({ messageId }) => messageId));
  try {
    return await checkDeployment({ logFile, knex, temporal: client, acceptedMessageIds });
  } finally {
    await Promise.all([close(), knex.destroy()]);
  }
}

/** What the checker says of the tour: one line, and one more for each violation. */
export function describeTourCheck({ checked, violations }: CheckReport, paint: Paint): string[] {
  const { calls, creates, messages, receipts, webhooks, workflows } = checked;
  const compared =
    `The checker compared ${messages} messages, ${creates} at Twilio, ${receipts} receipts, ${calls} calls, ${webhooks} webhooks ` +
    `and ${workflows} workflows`;
  if (violations.length === 0) {
    return [paint.good(`${compared}: no violation.`)];
  }
  return [
    paint.bad(`${compared}. Violations: ${violations.length}.`),
    ...violations.map(({ expected, found, kind, messageId, messageSid }) =>
      [`  ${kind}`, messageId, messageSid, `expected ${expected}`, `found ${found}`]
        .filter((part) => part !== undefined)
        .join(', '),
    ),
  ];
}
