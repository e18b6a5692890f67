import { type MatchedAttempt } from '../../src/database/inbox-store';
import { type DeliveryEvent } from '../../src/domain/delivery-event';
import { createTellWorkflow } from '../../src/inbox/tell-workflow';
import { TemporalUnavailableError, WorkflowMissingError } from '../../src/temporal/errors';
import { fakeMessageClient } from '../http/support/fake-message-client';
import { newSid, RECIPIENT, SENDER } from '../support/database-fixtures';

const EVENT: DeliveryEvent = {
  eventId: 'event-1',
  messageSid: newSid('IM'),
  status: 'delivered',
  at: '2026-01-02T03:04:05.000Z',
};
const MATCH: MatchedAttempt = {
  messageId: 'msg_1',
  workflowId: 'deliver-msg_1',
  tenant: 'acme',
  attempt: 1,
  channel: 'sms',
  sender: SENDER,
  recipient: RECIPIENT,
  category: 'notification',
};

function setUp() {
  const client = fakeMessageClient();
  const done: string[] = [];
  const signal = client.signal.bind(client);
  client.signal = (...told) => {
    done.push('signal');
    return signal(...told);
  };
  const tell = createTellWorkflow({
    client,
    markAddress: () => Promise.resolve(void done.push('ledger')),
    correctOutcome: (messageId) => {
      done.push(`correct ${messageId}`);
      return Promise.resolve(undefined);
    },
  });
  return { client, done, tell };
}

test('a workflow that runs is told, after the ledger, and nothing is corrected', async () => {
  const { done, tell } = setUp();
  expect(await tell(EVENT, MATCH)).toBe('signalled');
  expect(done).toEqual(['ledger', 'signal']);
});

test('a message whose workflow has ended has its outcome corrected', async () => {
  const { client, done, tell } = setUp();
  client.isClosed = true;
  expect(await tell(EVENT, MATCH)).toBe('closed');
  expect(done).toEqual(['ledger', 'signal', 'correct msg_1']);
});

test('so has one whose workflow Temporal does not know any more', async () => {
  const { client, done, tell } = setUp();
  client.failure = new WorkflowMissingError('retention is over');
  expect(await tell(EVENT, MATCH)).toBe('closed');
  expect(done).toEqual(['ledger', 'signal', 'correct msg_1']);
});

test('a message with its outcome on record needs no signal', async () => {
  const { done, tell } = setUp();
  expect(await tell(EVENT, { ...MATCH, isClosed: true })).toBe('closed');
  expect(done).toEqual(['ledger', 'correct msg_1']);
});

test('while Temporal is away nothing is corrected, and whoever tells hears of it', async () => {
  const { client, done, tell } = setUp();
  client.failure = new TemporalUnavailableError('away');
  await expect(tell(EVENT, MATCH)).rejects.toThrow('away');
  expect(done).toEqual(['ledger', 'signal']);
});
