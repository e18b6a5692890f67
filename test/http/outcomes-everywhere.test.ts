import { Registry } from 'prom-client';
import { type Activities } from '../../activities';
import { runCli } from '../../src/cli/run-cli';
import { createMessageStore, type NewMessage } from '../../src/database/message-store';
import { type Outcome } from '../../src/domain/outcome';
import { type FailureReportView } from '../../src/http/presenters/failure-report';
import { measuredActivities } from '../../src/telemetry/metrics/measured-activities';
import { createWorkerMetrics } from '../../src/telemetry/metrics/worker-metrics';
import { newAttempt, newMessage, newOutcome } from '../support/database-fixtures';
import { buildInput } from '../workflow/support/build-input';
import { startTestApi, type TestApi } from './support/test-api';

/** The ends that somebody wanted, as they are wherever a person or a program learns how messages end. */
const ENDS = [
  { kind: 'opted_out', reason: 'the recipient has opted out, so it was not sent' },
  { kind: 'suppressed', errorCode: 30005, errorClass: 'recipient', reason: 'the number is not in use' },
  { kind: 'expired', reason: 'its time was over before the next step' },
] as const satisfies readonly Partial<Outcome>[];

let api: TestApi;
const messages = new Map<string, NewMessage>();
beforeAll(async () => {
  api = await startTestApi();
  const store = createMessageStore(api.database.database, () => Promise.resolve());
  for (const end of ENDS) {
    const plain = newMessage();
    const message = { ...plain, request: { ...plain.request, callbackUrl: 'https://example.com/hook' } };
    messages.set(end.kind, message);
    await store.accept(message);
    await store.beginAttempt(message, newAttempt());
    const { messageId } = message;
    await store.recordOutcome({ messageId, message, outcome: newOutcome(end), heardEventIds: [] });
  }
});
afterAll(() => api.stop());

async function run(...args: string[]): Promise<string> {
  const environment = { DATABASE_URL: api.database.url, TEMPORAL_ADDRESS: '127.0.0.1:1' };
  let output = '';
  const write = (text: string): void => void (output += text);
  await runCli(args, { readEnvironment: () => environment, processEnvironment: environment, write, complain: write });
  return output;
}

describe.each(ENDS)('$kind', (end) => {
  const { kind, reason } = end;
  const messageId = (): string => messages.get(kind)?.messageId ?? '';

  test('in the message, with its reason', async () => {
    const { json } = await api.call('GET', `/v1/messages/${messageId()}`);
    expect(json).toMatchObject({ status: 'closed', outcome: { kind, reason } });
    expect(JSON.stringify((json as { timeline: unknown }).timeline)).toContain(`"${kind}"`);
  });

  test('in the list, as a filter', async () => {
    const { json } = await api.call('GET', `/v1/messages?outcome=${kind}`);
    expect((json as { messages: { id: string }[] }).messages.map(({ id }) => id)).toEqual([messageId()]);
  });

  test('in what the caller is told', async () => {
    const { json } = await api.call('GET', `/v1/callbacks?messageId=${messageId()}`);
    expect(json).toMatchObject({ callbacks: [{ type: `message.${kind}` }] });
  });

  test('in reports, apart from failures, with what to do', async () => {
    const { json } = await api.call('GET', '/v1/reports/failures?groupBy=outcome');
    const { rows, totals } = json as FailureReportView;
    expect(totals).toMatchObject({ failure: 0, stopped: ENDS.length, outcomes: { [kind]: 1 } });
    expect(rows.find(({ outcome }) => outcome === kind)).toMatchObject({
      verdict: 'stopped',
      count: 1,
      reason: expect.stringMatching(/\w/) as string,
      remedy: expect.stringMatching(/^[A-Z].*\.$/) as string,
    });
  });

  test('in metrics', async () => {
    const registry = new Registry();
    const played: Partial<Activities> = { recordOutcome: () => Promise.resolve() };
    const activities = measuredActivities(played, createWorkerMetrics(registry));
    const startedAt = new Date().toISOString();
    const outcome = newOutcome(end);
    await activities.recordOutcome?.({ message: buildInput(), outcome, heardEventIds: [], startedAt });
    expect(await registry.metrics()).toMatch(
      new RegExp(`^posthorn_messages_closed_total\\{kind="${kind}",.*\\} 1$`, 'm'),
    );
  });

  test('on the command line, for a message and in the picture of the week', async () => {
    expect(await run('show', messageId())).toContain(`outcome   ${kind} on attempt 1: ${reason}`);
    expect(await run('report', 'failures', '--by', 'outcome', '--csv')).toMatch(new RegExp(`^${kind},stopped,1,`, 'm'));
    expect(await run('report', 'failures')).toContain(kind);
  });
});
