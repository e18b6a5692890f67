import { type CallStore, type StoredCallEvent } from '../../src/database/call-store';
import { DatabaseUnavailableError } from '../../src/database/database-error';
import { type CallEvent, type PressedKey } from '../../src/domain/call-event';
import { type AcceptedCallEvent, createCallEvents } from '../../src/inbox/call-events';
import { createLogger } from '../../src/telemetry/logger';
import { TemporalUnavailableError, WorkflowMissingError } from '../../src/temporal/errors';
import { fakeMessageClient } from '../http/support/fake-message-client';
import { newSid, RECIPIENT } from '../support/database-fixtures';

const callSid = newSid('CA');
const MATCH = { workflowId: 'deliver-msg_1', tenant: 'acme', recipient: RECIPIENT };
const pressed = (key: PressedKey): CallEvent => ({
  kind: 'key',
  eventId: `${callSid}:key`,
  callSid,
  at: '2026-01-02T03:04:05.000Z',
  key,
});

/** @param isClosed whether the message had its outcome when the event was stored. */
function setUp(isClosed = false, failure?: Error) {
  const client = fakeMessageClient();
  const done: string[] = [];
  const note = (what: string): Promise<void> => Promise.resolve(void done.push(what));
  const signalCall = client.signalCall.bind(client);
  client.signalCall = async (...told) => {
    done.push('signal');
    return await signalCall(...told);
  };
  const stored = (event: CallEvent): StoredCallEvent => ({
    messageId: 'msg_1',
    attempt: 2,
    event,
    match: { ...MATCH, ...(isClosed && { isClosed }) },
  });
  const calls: Pick<CallStore, 'markSettled' | 'relayDue' | 'storeEvent'> = {
    storeEvent: ({ event }) =>
      failure === undefined ? Promise.resolve({ ...stored(event), isNew: true }) : Promise.reject(failure),
    markSettled: () => note('settled'),
    relayDue: () => Promise.resolve(0),
  };
  const running: Promise<void>[] = [];
  const events = createCallEvents({
    calls,
    client,
    recordCallOptOut: () => note('ledger'),
    correctOutcome: (messageId) => note(`correct ${messageId}`).then(() => undefined),
    background: {
      run: (task) => {
        running.push(task());
        return true;
      },
      idle: () => Promise.resolve(),
    },
    logger: createLogger({ level: 'silent', name: 'test', destination: { write: () => undefined } }),
  });
  const accept = (key: PressedKey): Promise<AcceptedCallEvent> =>
    events.accept({ messageId: 'msg_1', attempt: 2, event: pressed(key) });
  const tell = async (key: PressedKey): Promise<string[]> => {
    await accept(key);
    await Promise.allSettled(running);
    return done;
  };
  return { accept, client, done, tell };
}

test('a workflow that runs is told, and nothing is corrected', async () => {
  await expect(setUp().tell('acknowledge')).resolves.toEqual(['signal', 'settled']);
});

test('a message with its outcome on record is corrected without a signal, after the ledger', async () => {
  await expect(setUp(true).tell('acknowledge')).resolves.toEqual(['correct msg_1', 'settled']);
  await expect(setUp(true).tell('opt_out')).resolves.toEqual(['ledger', 'correct msg_1', 'settled']);
});

test('so is one whose workflow has ended, and one that Temporal does not know any more', async () => {
  const [ended, dropped] = [setUp(), setUp()];
  ended.client.isClosed = true;
  dropped.client.failure = new WorkflowMissingError('retention is over');
  for (const { tell } of [ended, dropped]) {
    await expect(tell('acknowledge')).resolves.toEqual(['signal', 'correct msg_1', 'settled']);
  }
});

test('while Temporal is away nothing is corrected or settled', async () => {
  const { client, tell } = setUp();
  client.failure = new TemporalUnavailableError('away');
  await expect(tell('acknowledge')).resolves.toEqual(['signal']);
});

describe('while Postgres is away', () => {
  const away = new DatabaseUnavailableError({ message: 'away' });

  test('a workflow that runs keeps what is told', async () => {
    const { accept, done } = setUp(false, away);
    await expect(accept('acknowledge')).resolves.toEqual({ kind: 'kept_for_later' });
    expect(done).toEqual(['signal']);
  });

  test('one that has ended keeps nothing, and neither does one that Temporal has dropped: it is not taken', async () => {
    const [ended, dropped] = [setUp(false, away), setUp(false, away)];
    ended.client.isClosed = true;
    dropped.client.failure = new WorkflowMissingError('retention is over');
    await expect(ended.accept('acknowledge')).rejects.toBe(away);
    await expect(dropped.accept('acknowledge')).rejects.toBe(away);
  });
});
