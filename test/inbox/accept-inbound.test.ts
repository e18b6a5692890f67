import fc from 'fast-check';
import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { type OptOutScope } from '../../src/domain/opt-out-scope';
import { createTextReader } from '../../src/domain/opt-out-word';
import { createAcceptInbound, type InboundResult, type InboundText } from '../../src/inbox/accept-inbound';
import { createRecordWord } from '../../src/inbox/record-word';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newOptOut, newSid, SENDER } from '../support/database-fixtures';

let database: TestDatabase;
let optOuts: OptOutStore;
let people = 0;
beforeAll(async () => {
  database = await createTestDatabase();
  optOuts = createOptOutStore(database.database);
});
afterAll(() => database.drop());

const unknownConversations = { senderOf: () => Promise.reject(new Error('asked for nothing')) };

/** Somebody who never wrote before. */
const newPerson = (): string => `+1202555${String((people += 1)).padStart(4, '0')}`;
const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

function text(from: string, overrides: Partial<InboundText> = {}): InboundText {
  return {
    channel: 'sms',
    from,
    writtenTo: { sender: SENDER },
    text: 'STOP',
    evidence: newSid('IM'),
    at: at(1),
    isDatedByTwilio: true,
    ...overrides,
  };
}

const accept = (inbound: InboundText): Promise<InboundResult> =>
  createAcceptInbound({
    readText: createTextReader(['en', 'de']),
    recordWord: createRecordWord({ optOuts, conversations: unknownConversations }),
    replyToWord: () => Promise.resolve('none'),
  })(inbound);
const closedFor = async (address: string): Promise<OptOutScope[]> =>
  (await optOuts.show(address)).filter(({ optedOut }) => optedOut).map(({ scope }) => scope);

test('a START lifts what closed its sender and its channel, and nothing wider or narrower', async () => {
  const address = newPerson();
  const other = '+12025550199';
  const scopes: OptOutScope[] = [
    { sender: SENDER },
    { sender: SENDER, channel: 'sms' },
    { channel: 'sms' },
    {},
    { sender: other },
    { channel: 'whatsapp' },
    { channel: 'sms', category: 'marketing' },
  ];
  for (const scope of scopes) {
    await optOuts.record(newOptOut({ address, scope, at: at(1) }));
  }
  await accept(text(address, { text: 'start', at: at(2) }));
  expect(await closedFor(address)).toEqual(expect.arrayContaining(scopes.slice(3)));
  expect(await closedFor(address)).toHaveLength(4);
});

test('an older START lifts nothing that was said after it', async () => {
  const address = newPerson();
  await accept(text(address, { at: at(5) }));
  await accept(text(address, { text: 'START', at: at(4) }));
  expect(await closedFor(address)).toEqual([{ sender: SENDER }]);
});

test('the sender is looked up only for a word', async () => {
  const writtenTo = { conversationSid: newSid('CH') };
  await accept(text(newPerson(), { text: 'See you at five, then we stop.', writtenTo }));
  await expect(accept(text(newPerson(), { writtenTo }))).rejects.toThrow('asked for nothing');
});

test('the last word counts, in whatever order and however often the messages come', async () => {
  const words = fc.uniqueArray(
    fc.record({ word: fc.constantFrom('STOP', 'START', 'HELP'), second: fc.integer({ min: 0, max: 50 }) }),
    {
      selector: ({ second }) => second,
      minLength: 1,
      maxLength: 5,
    },
  );
  const plan = words.chain((said) => fc.tuple(fc.constant(said), fc.array(fc.nat(said.length - 1), { maxLength: 12 })));
  await fc.assert(
    fc.asyncProperty(plan, async ([said, arrivals]) => {
      const address = newPerson();
      const messages = said.map(({ word, second }) => text(address, { text: word, at: at(second) }));
      for (const index of [...arrivals, ...said.keys()]) {
        await accept(messages[index] ?? text(address));
      }
      const last = said.filter(({ word }) => word !== 'HELP').sort((a, b) => b.second - a.second)[0];
      expect(await closedFor(address)).toEqual(last?.word === 'STOP' ? [{ sender: SENDER }] : []);
    }),
    { numRuns: 60 },
  );
});

test('what Twilio took the text for wins over the text, whatever that is', async () => {
  const address = newPerson();
  await expect(accept(text(address, { text: 'STOP', word: 'help' }))).resolves.toBe('no_word');
  await expect(accept(text(address, { text: 'please stop', word: 'help' }))).resolves.toBe('no_word');
  expect(await optOuts.history(address)).toEqual([]);
  await expect(accept(text(address, { text: 'Basta', word: 'stop' }))).resolves.toBe('opted_out');
  await expect(accept(text(address, { text: 'STOP', word: 'start', at: at(2) }))).resolves.toBe('opted_in');
});

test('a stop word among others changes nothing and is told from what is none of the words', async () => {
  const address = newPerson();
  await expect(accept(text(address, { text: 'please stop sending at night' }))).resolves.toBe('near_word');
  await expect(accept(text(address, { text: 'Bitte nicht abmelden!' }))).resolves.toBe('near_word');
  await expect(accept(text(address, { text: 'See you at five' }))).resolves.toBe('no_word');
  await expect(accept(text(address, { text: 'HELP' }))).resolves.toBe('no_word');
  expect(await optOuts.history(address)).toEqual([]);
});

/** The orders in which three things can come. */
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

test.each([
  ['STOP, START, STOP', ['STOP', 'START', 'STOP'], true],
  ['START, STOP, START', ['START', 'STOP', 'START'], false],
] as const)(
  '%s within one second end the same in every order with duplicates, and are kept once each',
  async (_name, words, endsOut) => {
    const times = ['2026-01-01T00:00:00.100Z', '2026-01-01T00:00:00.500Z', '2026-01-01T00:00:00.900Z'];
    const duplicated = fc.record({
      order: fc.constantFrom(...ORDERS),
      again: fc.array(fc.nat(2), { maxLength: 6 }),
      isParallel: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(duplicated, async ({ order, again, isParallel }) => {
        const address = newPerson();
        const messages = words.map((word, index) => text(address, { text: word, at: times[index] ?? '' }));
        const arrivals = [...order, ...again].flatMap((index) => messages[index] ?? []);
        if (isParallel) {
          await Promise.all(arrivals.map(accept));
        } else {
          for (const inbound of arrivals) {
            await accept(inbound);
          }
        }
        expect(await closedFor(address)).toEqual(endsOut ? [{ sender: SENDER }] : []);
        const history = await optOuts.history(address);
        expect(history.map(({ evidence, optedOut }) => [evidence, optedOut])).toEqual(
          messages.map(({ evidence, text: word }) => [evidence, word === 'STOP']),
        );
      }),
      { numRuns: 60, examples: ORDERS.map((order) => [{ order, again: [0, 1, 2], isParallel: false }]) },
    );
  },
);
