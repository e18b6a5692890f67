import { createInboxStore } from '../../src/database/inbox-store';
import { createMessageStore } from '../../src/database/message-store';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { createSuppressionStore, type Suppression, type SuppressionStore } from '../../src/database/suppression-store';
import { InvalidCursorError } from '../../src/database/invalid-cursor-error';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  createNumbers,
  ANY_TIME,
  newAttempt,
  newCreated,
  newMessage,
  newOptOut,
  newReceipt,
  newSid,
} from '../support/database-fixtures';

let clone: TestDatabase;
let suppressions: SuppressionStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  suppressions = createSuppressionStore(clone.database);
});

afterAll(() => clone.drop());

const DAY_MS = 24 * 60 * 60 * 1000;
const now = Date.now();
const daysFromNow = (days: number): string => new Date(now + days * DAY_MS).toISOString();

const newAddress = createNumbers();
function newSuppression(overrides: Partial<Suppression> = {}): Suppression {
  return {
    address: newAddress(),
    channel: 'sms',
    errorCode: 30005,
    evidence: newSid('IM'),
    since: daysFromNow(-1),
    until: daysFromNow(29),
    ...overrides,
  };
}

const lift = { by: 'acme', reason: 'a new handset' };

test('it is kept whole, and the same word again changes nothing', async () => {
  const suppression = newSuppression();
  await suppressions.suppress(suppression);
  await suppressions.suppress(suppression);
  expect(await suppressions.show(suppression.address)).toStrictEqual([suppression]);
});

test('thirty words at once make one entry, which holds for as long as the longest of them', async () => {
  const { address } = newSuppression();
  const said = Array.from({ length: 30 }, (_, index) => newSuppression({ address, until: daysFromNow(index + 1) }));
  await Promise.all(said.map((one) => suppressions.suppress(one)));
  expect(await suppressions.show(address)).toMatchObject([{ since: daysFromNow(-1), until: daysFromNow(30) }]);
});

test('a lift stays on record, and what was said before it does not come back', async () => {
  const suppression = newSuppression();
  await suppressions.suppress(suppression);
  expect(await suppressions.lift({ ...lift, address: suppression.address })).toBe(1);
  expect(await suppressions.lift({ ...lift, address: suppression.address })).toBe(0);
  await suppressions.suppress(suppression);
  const lifted = { ...suppression, lifted: { ...lift, at: ANY_TIME } };
  expect(await suppressions.show(suppression.address)).toEqual([lifted]);

  const later = { ...suppression, since: daysFromNow(1), until: daysFromNow(31), evidence: newSid('IM') };
  await suppressions.suppress(later);
  expect(await suppressions.show(suppression.address)).toEqual([later, lifted]);
});

test('a lift may concern one channel, and only what was said by a time', async () => {
  const { address } = newSuppression();
  await suppressions.suppress(newSuppression({ address }));
  await suppressions.suppress(newSuppression({ address, channel: 'whatsapp', errorCode: 63003 }));
  expect(await suppressions.lift({ ...lift, address, saidBy: daysFromNow(-2) })).toBe(0);
  expect(await suppressions.lift({ ...lift, address, channel: 'whatsapp' })).toBe(1);
  expect(await suppressions.lift({ ...lift, address, saidBy: daysFromNow(-1) })).toBe(1);
});

test('the list has what is in force, newest first, page by page', async () => {
  const mine = await createTestDatabase();
  try {
    const own = createSuppressionStore(mine.database);
    const inForce = [3, 2, 1].map((days) => newSuppression({ since: daysFromNow(-days) }));
    const past = newSuppression({ since: daysFromNow(-40), until: daysFromNow(-10) });
    const lifted = newSuppression();
    for (const one of [...inForce, past, lifted]) {
      await own.suppress(one);
    }
    await own.lift({ ...lift, address: lifted.address });
    const first = await own.list({ limit: 2 });
    expect(first.suppressions).toEqual([inForce[2], inForce[1]]);
    const { nextCursor = '' } = first;
    expect(await own.list({ limit: 2, cursor: nextCursor })).toEqual({ suppressions: [inForce[0]] });
    expect(await own.list({ limit: 9, channel: 'whatsapp' })).toEqual({ suppressions: [] });
    expect(await own.list({ limit: 9, errorCode: 30006 })).toEqual({ suppressions: [] });
    await expect(own.list({ limit: 2, cursor: 'nonsense' })).rejects.toThrow(InvalidCursorError);
  } finally {
    await mine.drop();
  }
});

describe('a send', () => {
  const begin = (suppression: Suppression, channel: 'sms' | 'whatsapp' = 'sms') => {
    const opened = { conversationSid: newSid('CH'), participantSid: newSid('MB') };
    const attempt = newAttempt({ recipient: suppression.address, channel });
    return createMessageStore(clone.database).beginAttempt(newMessage(), attempt, { opened });
  };

  test('is held back on that channel alone', async () => {
    const suppression = newSuppression();
    await suppressions.suppress(suppression);
    const grant = await begin(suppression);
    expect(grant).toMatchObject({ suppression });
    expect(grant).not.toHaveProperty('createId');
    expect(await begin(suppression, 'whatsapp')).toHaveProperty('createId');
  });

  test('that was held back once is held back again, whatever was lifted since', async () => {
    const suppression = newSuppression();
    await suppressions.suppress(suppression);
    const message = newMessage();
    const attempt = newAttempt({ recipient: suppression.address });
    const messages = createMessageStore(clone.database);
    await messages.beginAttempt(message, attempt);
    await suppressions.lift({ ...lift, address: suppression.address });
    expect(await messages.beginAttempt(message, attempt)).toMatchObject({ suppression });
  });

  test('goes out once it is lifted or past', async () => {
    const lifted = newSuppression();
    await suppressions.suppress(lifted);
    await suppressions.lift({ ...lift, address: lifted.address });
    expect(await begin(lifted)).toHaveProperty('createId');
    const past = newSuppression({ since: daysFromNow(-40), until: daysFromNow(-10) });
    await suppressions.suppress(past);
    expect(await begin(past)).toHaveProperty('createId');
  });

  test('is held back by an opt-out first', async () => {
    const suppression = newSuppression();
    const optOut = newOptOut({ address: suppression.address });
    await suppressions.suppress(suppression);
    await createOptOutStore(clone.database).record(optOut);
    const grant = await begin(suppression);
    expect(grant).toMatchObject({ optOut });
    expect(grant).not.toHaveProperty('suppression');
  });
});

test('a receipt says whether its recipient is on the list', async () => {
  const suppression = newSuppression();
  const message = newMessage();
  const created = newCreated();
  const messages = createMessageStore(clone.database);
  await messages.beginAttempt(message, newAttempt({ recipient: suppression.address }));
  await messages.recordCreated(message.messageId, 1, created);
  const inbox = createInboxStore(clone.database);
  expect((await inbox.store(newReceipt(created))).match).not.toHaveProperty('isSuppressed');
  await suppressions.suppress(suppression);
  expect((await inbox.store(newReceipt(created))).match).toHaveProperty('isSuppressed', true);
});
