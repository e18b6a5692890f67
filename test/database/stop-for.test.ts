import fc from 'fast-check';
import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { evidenceOfCode } from '../../src/domain/channel-block';
import { CATEGORIES } from '../../src/domain/category';
import { MESSAGE_CHANNELS } from '../../src/domain/channel';
import { stopFor } from '../../src/domain/opt-out-rule';
import { type OptOutScope } from '../../src/domain/opt-out-scope';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createNumbers, newOptOut, newSid, SENDER } from '../support/database-fixtures';

let clone: TestDatabase;
let optOuts: OptOutStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  optOuts = createOptOutStore(clone.database);
});

afterAll(() => clone.drop());

const newAddress = createNumbers();

/** Few values, so that scopes meet often. */
const message = fc.record({
  sender: fc.constantFrom(SENDER, '+12025550199'),
  channel: fc.constantFrom(...MESSAGE_CHANNELS),
  category: fc.constantFrom(...CATEGORIES.slice(-2)),
});
const scope = message.chain((whole) =>
  fc.subarray(Object.entries(whole)).map((parts) => Object.fromEntries(parts) as OptOutScope),
);
const said = fc.record({
  scope,
  optedOut: fc.boolean(),
  source: fc.constantFrom('inbound_word' as const, 'receipt' as const),
  second: fc.integer({ min: 0, max: 5 }),
});

test('Postgres and the rule agree, on the whole history and on the states alone', async () => {
  let heldBack = 0;
  const check = async (facts: readonly (typeof said extends fc.Arbitrary<infer T> ? T : never)[], about: Message) => {
    const recipient = newAddress();
    const statements = facts.map(({ second, ...rest }) =>
      newOptOut({ ...rest, address: recipient, at: `2026-01-01T00:00:0${second}.000Z`, evidence: newSid('IM') }),
    );
    await optOuts.recordAll(statements);
    const found = await optOuts.stopFor({ ...about, recipient });
    const expected = stopFor(statements, about);
    heldBack += expected === undefined ? 0 : 1;
    expect(found === undefined).toBe(expected === undefined);
    expect(found === undefined || statements.some((one) => one.evidence === found.evidence && one.optedOut)).toBe(true);
    const shown = stopFor(await optOuts.show(recipient), about);
    expect([found?.at, found?.source]).toEqual([shown?.at, shown?.source]);
    if (new Set(statements.map(({ source }) => source)).size === 1) {
      expect(found?.at).toBe(expected?.at);
    }
  };
  await fc.assert(fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 8 }), message, check), { numRuns: 300 });
  expect(heldBack).toBeGreaterThan(50);
});

type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

test('a block does not hide what the recipient has said before', async () => {
  const recipient = newAddress();
  const word = newOptOut({ address: recipient, scope: { sender: SENDER }, at: '2026-01-01T00:00:00.000Z' });
  const block = newOptOut({
    address: recipient,
    scope: { channel: 'whatsapp' },
    source: 'receipt',
    evidence: evidenceOfCode(63014, 'IM1'),
    actor: 'twilio',
    at: '2026-01-02T00:00:00.000Z',
  });
  await optOuts.recordAll([word, block]);
  const about = { recipient, channel: 'whatsapp', category: 'notification' } as const;
  expect(await optOuts.stopFor({ ...about, sender: SENDER })).toMatchObject({ source: 'inbound_word' });
  expect(await optOuts.stopFor({ ...about, sender: '+12025550199' })).toEqual(block);
});

test('the confirmation of a STOP is held back by every other one', async () => {
  const recipient = newAddress();
  const first = newOptOut({ address: recipient, scope: { sender: SENDER } });
  const confirmation = {
    recipient,
    sender: SENDER,
    channel: 'sms',
    category: 'notification',
    answers: first.evidence,
  } as const;
  await optOuts.record(first);
  expect(await optOuts.stopFor(confirmation)).toBeUndefined();
  const other = newOptOut({ address: recipient, scope: { channel: 'sms' } });
  await optOuts.record(other);
  expect(await optOuts.stopFor(confirmation)).toEqual(other);
});
