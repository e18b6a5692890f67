import { createConversationStore } from '../../src/database/conversation-store';
import { type AttemptGrant, createMessageStore, type MessageStore } from '../../src/database/message-store';
import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { createTextReader } from '../../src/domain/opt-out-word';
import { type ConversationSid } from '../../src/domain/sid';
import { type WordReplies } from '../../src/domain/word-replies';
import { workflowIdFor } from '../../src/domain/workflow-id';
import { createAcceptInbound, type InboundResult, type InboundText } from '../../src/inbox/accept-inbound';
import { createRecordWord } from '../../src/inbox/record-word';
import { createReplyToWord } from '../../src/inbox/reply-to-word';
import { createLogger } from '../../src/telemetry/logger';
import { TemporalUnavailableError } from '../../src/temporal/errors';
import { type DeliverMessageInput } from '../../workflows/contract';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, newOptOut, newSid, SENDER } from '../support/database-fixtures';

const REPLIES: WordReplies = {
  en: { stop: 'You get no more messages.', start: 'You get messages again.', help: 'Ask us by phone.' },
  de: { stop: 'Sie bekommen keine Nachrichten mehr.', start: 'Willkommen zurück.' },
};

let database: TestDatabase;
let messages: MessageStore;
let optOuts: OptOutStore;
let people = 0;
const started: DeliverMessageInput[] = [];
const logged: string[] = [];
let failure: Error | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  messages = createMessageStore(database.database);
  optOuts = createOptOutStore(database.database);
});
afterAll(() => database.drop());
beforeEach(() => {
  started.length = 0;
  logged.length = 0;
  failure = undefined;
});

interface Person {
  readonly address: string;
  readonly conversationSid: ConversationSid;
}

/** Somebody who has had a message of ours. */
async function newPerson(): Promise<Person> {
  const address = `+1202555${String((people += 1)).padStart(4, '0')}`;
  const opened = { conversationSid: newSid('CH'), participantSid: newSid('MB') };
  for (const channel of ['whatsapp', 'sms'] as const) {
    await messages.beginAttempt(newMessage(), newAttempt({ recipient: address, channel }), { opened });
  }
  return { address, conversationSid: opened.conversationSid };
}

const at = (second: number, day = 1): string => new Date(Date.UTC(2026, 0, day, 0, 0, second)).toISOString();

function said({ address, conversationSid }: Person, text: string, overrides: Partial<InboundText> = {}): InboundText {
  return {
    channel: 'whatsapp',
    from: address,
    writtenTo: { conversationSid },
    text,
    evidence: newSid('IM'),
    at: at(1),
    isDatedByTwilio: true,
    ...overrides,
  };
}

function accept(inbound: InboundText, replies: WordReplies = REPLIES): Promise<InboundResult> {
  const logger = createLogger({
    level: 'debug',
    name: 'test',
    destination: { write: (line) => void logged.push(line) },
  });
  const conversations = createConversationStore(database.database);
  const client = {
    start: (input: DeliverMessageInput) => {
      started.push(input);
      return failure === undefined ? Promise.resolve() : Promise.reject(failure);
    },
  };
  return createAcceptInbound({
    readText: createTextReader(['en', 'de']),
    recordWord: createRecordWord({ optOuts, conversations }),
    replyToWord: createReplyToWord({ replies, messages, client, optOuts, conversations, logger }),
  })(inbound);
}

/** What the last moment before the send says to a reply. */
function begin(reply: DeliverMessageInput | undefined): Promise<AttemptGrant> {
  if (reply === undefined) {
    throw new Error('there is no reply');
  }
  const attempt = newAttempt({ channel: 'whatsapp', sender: SENDER, recipient: reply.request.to ?? '' });
  return messages.beginAttempt({ ...reply, workflowId: workflowIdFor(reply.messageId) }, attempt, {});
}

test.each([
  ['STOP', 'opted_out', REPLIES.en?.stop],
  ['Abmelden', 'opted_out', REPLIES.de?.stop],
  ['Start', 'opted_in', REPLIES.en?.start],
  ['Help!', 'help_answered', REPLIES.en?.help],
])('%s is answered in its language, by one message with one attempt', async (text, result, body) => {
  const person = await newPerson();
  const inbound = said(person, text);
  await expect(accept(inbound)).resolves.toBe(result);
  expect(started).toMatchObject([
    {
      tenant: 'posthorn',
      request: {
        to: person.address,
        from: SENDER,
        channel: 'whatsapp',
        content: { body },
        answers: inbound.evidence,
        expiresAt: '2026-01-01T00:15:01.000Z',
        policy: { maxAttempts: 1, onTimeout: 'accept', escalation: [] },
      },
    },
  ]);
  await expect(messages.find('posthorn', started[0]?.messageId ?? '')).resolves.toMatchObject({ status: 'sending' });
});

describe('nothing is replied', () => {
  test.each<[string, string, Partial<InboundText>]>([
    ['to a word of Twilio’s over SMS', 'STOP', { channel: 'sms' }],
    ['to HELP over SMS', 'help', { channel: 'sms' }],
    ['to what Twilio has read', 'Abmelden', { word: 'stop' }],
    ['to HELP that Twilio has read', 'Help', { word: 'help' }],
    ['to a word without Twilio’s time', 'Help', { isDatedByTwilio: false }],
    ['outside of a conversation', 'Help', { writtenTo: { sender: SENDER } }],
    ['in a conversation that is not ours', 'Help', { writtenTo: { conversationSid: newSid('CH') } }],
    ['to a word that has no text', 'Hilfe', {}],
    ['to a stop word among others', 'please stop', {}],
    ['to anything else', 'I am out of office', {}],
  ])('%s', async (_name, text, overrides) => {
    await accept(said(await newPerson(), text, overrides));
    expect(started).toEqual([]);
  });

  test('unless configured', async () => {
    await expect(accept(said(await newPerson(), 'STOP'), {})).resolves.toBe('opted_out');
    expect(started).toEqual([]);
  });

  test('to a STOP that a START has overtaken', async () => {
    const person = await newPerson();
    await accept(said(person, 'START', { at: at(5) }), {});
    await expect(accept(said(person, 'STOP', { at: at(4) }))).resolves.toBe('opted_out');
    expect(started).toEqual([]);
  });
});

test('a word over SMS that Twilio does not know is answered', async () => {
  await accept(said(await newPerson(), 'Abmelden', { channel: 'sms' }));
  expect(started).toHaveLength(1);
});

test('the same webhook again, thirty at once, is answered once', async () => {
  for (const text of ['Abmelden', 'Help']) {
    const inbound = said(await newPerson(), text);
    started.length = 0;
    const results = await Promise.all(Array.from({ length: 30 }, () => accept(inbound)));
    expect(results.filter((result) => result !== 'repeated')).toHaveLength(1);
    expect(started).toHaveLength(1);
  }
});

test('a word whose process ended between the ledger and the reply is answered when it comes again', async () => {
  const { evidence, ...inbound } = said(await newPerson(), 'Abmelden');
  const conversations = createConversationStore(database.database);
  const { isNew } = await createRecordWord({ optOuts, conversations })({ ...inbound, evidence, word: 'stop' });
  expect(isNew).toBe(true);
  await expect(accept({ ...inbound, evidence })).resolves.toBe('repeated');
  await expect(accept({ ...inbound, evidence })).resolves.toBe('repeated');
  expect(started).toHaveLength(1);
});

test('a word is answered once a day, and again on the next', async () => {
  const person = await newPerson();
  await expect(accept(said(person, 'Help', { at: at(1) }))).resolves.toBe('help_answered');
  await expect(accept(said(person, 'Help', { at: at(2) }))).resolves.toBe('repeated');
  await expect(accept(said(person, 'Help', { at: at(1, 2) }))).resolves.toBe('help_answered');
  expect(started).toHaveLength(2);
});

describe('at the last moment before the send', () => {
  test('the STOP that a reply confirms does not hold it back, and holds back everything else', async () => {
    const person = await newPerson();
    await accept(said(person, 'Abmelden'));
    const grant = await begin(started[0]);
    expect(grant).toMatchObject({ conversation: { conversationSid: person.conversationSid } });
    expect(grant.optOut).toBeUndefined();
    const other = await messages.beginAttempt(newMessage(), newAttempt({ recipient: person.address }), {});
    expect(other.optOut).toBeDefined();
  });

  test.each<[string, (address: string) => ReturnType<typeof newOptOut>]>([
    [
      'a second STOP',
      (address) => newOptOut({ address, scope: { sender: SENDER }, source: 'inbound_word', at: at(9) }),
    ],
    ['a wider opt-out', (address) => newOptOut({ address, scope: {}, at: at(0) })],
    ['an opt-out of the channel', (address) => newOptOut({ address, scope: { channel: 'whatsapp' }, at: at(9) })],
  ])('%s holds it back', async (_name, statementOf) => {
    const person = await newPerson();
    await accept(said(person, 'Abmelden'));
    await optOuts.record(statementOf(person.address));
    expect((await begin(started[0])).optOut).toBeDefined();
  });

  test('the evidence of an opt-out from elsewhere exempts nothing', async () => {
    const person = await newPerson();
    const inbound = said(person, 'Help');
    await optOuts.record(newOptOut({ address: person.address, source: 'api', evidence: inbound.evidence }));
    await accept(inbound);
    expect((await begin(started[0])).optOut).toBeDefined();
  });

  test('a STOP holds back the reply to HELP and to START', async () => {
    for (const text of ['Help', 'Start']) {
      const person = await newPerson();
      started.length = 0;
      await accept(said(person, text));
      await accept(said(person, 'STOP', { at: at(7) }), {});
      expect((await begin(started[0])).optOut).toBeDefined();
    }
  });
});

test('while Temporal is away the reply is accepted all the same, and the sweep starts it', async () => {
  failure = new TemporalUnavailableError('away');
  await expect(accept(said(await newPerson(), 'Help'))).resolves.toBe('help_answered');
  expect(logged.join('')).toContain('the sweep starts this message');
});

test('a reply that fails leaves the word in the ledger, and no address in the log', async () => {
  failure = new Error('a mistake');
  const person = await newPerson();
  await expect(accept(said(person, 'STOP'))).resolves.toBe('opted_out');
  expect(await optOuts.show(person.address)).toMatchObject([{ optedOut: true }]);
  expect(logged.join('')).toContain('a word was taken into account and not answered');
  expect(logged.join('')).not.toContain(person.address);
});
