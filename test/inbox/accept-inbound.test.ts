import fc from 'fast-check';
import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { type OptOutScope } from '../../src/domain/opt-out-scope';
import { createAcceptInbound, type InboundResult, type InboundText } from '../../src/inbox/accept-inbound';
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
    ...overrides,
  };
}

const accept = (inbound: InboundText): Promise<InboundResult> =>
  createAcceptInbound({ optOuts, conversations: unknownConversations })(inbound);
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
