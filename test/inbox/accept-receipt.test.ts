import { type InboxStore, type MatchedAttempt } from '../../src/database/inbox-store';
import { type AcceptReceiptDependencies, createAcceptReceipt } from '../../src/inbox/accept-receipt';
import { createBackground } from '../../src/inbox/background';
import { newCreated, newReceipt, RECIPIENT, SENDER } from '../support/database-fixtures';

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

function setUp(
  options: {
    match?: MatchedAttempt | undefined;
    isNew?: boolean;
    result?: 'signalled' | 'closed';
    limit?: number;
  } = {},
) {
  const told: string[] = [];
  const settled: string[] = [];
  const store: InboxStore['store'] = (receipt) => {
    const { messageSid, status, at } = receipt;
    const match = 'match' in options ? options.match : MATCH;
    const event = { eventId: 'event-1', messageSid, status, at };
    return Promise.resolve({ event, isNew: options.isNew ?? true, ...(match === undefined ? {} : { match }) });
  };
  const background = createBackground({ limit: options.limit ?? 10, report: (error) => expect(error).toBeUndefined() });
  const deps: AcceptReceiptDependencies = {
    inbox: { store, markSettled: (eventId) => Promise.resolve(void settled.push(eventId)) },
    tellWorkflow: ({ eventId }) => {
      told.push(eventId);
      return Promise.resolve(options.result ?? 'signalled');
    },
    background,
  };
  const accept = async (status: string): Promise<void> => {
    await createAcceptReceipt(deps)(newReceipt(newCreated(), { status }));
    await background.idle();
  };
  return { accept, told, settled };
}

test('a new receipt that decides is told, and stays due until the workflow has written that it heard it', async () => {
  const { accept, told, settled } = setUp();
  await accept('delivered');
  expect([told, settled]).toEqual([['event-1'], []]);
});

test('a receipt for a workflow that has ended is settled at once', async () => {
  const { accept, settled } = setUp({ result: 'closed' });
  await accept('failed');
  expect(settled).toEqual(['event-1']);
});

test.each([
  ['is a repetition', { isNew: false }, 'delivered'],
  ['decides nothing', {}, 'sent'],
  ['has an unknown status', {}, 'teleported'],
  ['has no attempt yet', { match: undefined }, 'delivered'],
  ['finds too much under way', { limit: 0 }, 'delivered'],
])('a receipt that %s is told to nobody', async (_what, options, status) => {
  const { accept, told, settled } = setUp(options);
  await accept(status);
  expect([told, settled]).toEqual([[], []]);
});
