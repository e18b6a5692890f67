import { createInboxStore, type InboxStore } from '../../src/database/inbox-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newCreated, newReceipt } from '../support/database-fixtures';

let clone: TestDatabase;
let inbox: InboxStore;
beforeAll(async () => {
  clone = await createTestDatabase();
  inbox = createInboxStore(clone.database);
});
afterAll(() => clone.drop());

test('receipts that come at once are stored by few statements, each with its own answer', async () => {
  const statements: string[] = [];
  const listen = ({ sql }: { sql: string }): void => void statements.push(sql);
  clone.database.on('query', listen);
  const receipts = Array.from({ length: 60 }, () => newReceipt(newCreated()));
  const answers = await Promise.all([...receipts, ...receipts].map((receipt) => inbox.store(receipt)));
  clone.database.off('query', listen);

  expect(answers.map(({ event }) => event.messageSid)).toEqual(
    [...receipts, ...receipts].map(({ messageSid }) => messageSid),
  );
  // Of the two that tell the same, either may be the first.
  const isNewOnce = receipts.map((_, index) => answers[index]?.isNew !== answers[index + receipts.length]?.isNew);
  expect(isNewOnce).toEqual(receipts.map(() => true));
  expect(statements.length).toBeLessThanOrEqual(4);
});

test('a receipt that cannot be kept is refused alone', async () => {
  const receipts = Array.from({ length: 10 }, (_, index) =>
    newReceipt(newCreated(), index === 7 ? { unknownFields: { Odd: 'a\0b' } } : {}),
  );
  const results = await Promise.allSettled(receipts.map((receipt) => inbox.store(receipt)));
  expect(results.map(({ status }) => status)).toEqual(
    receipts.map((_, index) => (index === 7 ? 'rejected' : 'fulfilled')),
  );
  expect(
    await clone.database('delivery_events').whereIn(
      'message_sid',
      receipts.map(({ messageSid }) => messageSid),
    ),
  ).toHaveLength(9);
});
