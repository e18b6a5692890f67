import {
  createFanOutStore,
  type AddressedParticipant,
  type ConversationPlace,
  type FanOutStore,
} from '../../src/database/fan-out-store';
import { createInboxStore, type InboxStore } from '../../src/database/inbox-store';
import { createMessageStore, type MessageStore, type NewMessage } from '../../src/database/message-store';
import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { createOutcomeCorrector } from '../../src/database/outcome-corrector';
import { createSweepStore } from '../../src/database/sweep-store';
import { type ChildOf } from '../../src/domain/child-of';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type ConversationSid, type ParticipantSid } from '../../src/domain/sid';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  AT_ONCE_MS,
  newMessage,
  newOptOut,
  newOutcome,
  newReceipt,
  newSid,
  omit,
  SENDER,
} from '../support/database-fixtures';

const FIRST = '+12025550111';
const SECOND = '+12025550112';

let clone: TestDatabase;
let fanOut: FanOutStore;
let messages: MessageStore;
let inbox: InboxStore;
let optOuts: OptOutStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  fanOut = createFanOutStore(clone.database);
  messages = createMessageStore(clone.database);
  inbox = createInboxStore(clone.database);
  optOuts = createOptOutStore(clone.database);
});

beforeEach(() => clone.database('opt_outs').delete());
afterAll(() => clone.drop());

interface Posting {
  readonly message: NewMessage;
  readonly conversationSid: ConversationSid;
  readonly place: ConversationPlace;
  readonly people: readonly [AddressedParticipant, AddressedParticipant];
}

const participant = (recipient: string): AddressedParticipant => ({
  participantSid: newSid('MB'),
  channel: 'whatsapp',
  recipient,
  sender: SENDER,
});

function newPosting(onOptedOutParticipant: ConversationPlace['onOptedOutParticipant'] = 'hold'): Posting {
  const conversationSid = newSid('CH');
  const { category, content, metadata, policy } = newMessage().request;
  const request = { conversationSid, channel: 'conversation', category, content, metadata, policy } as const;
  const people = [participant(FIRST), participant(SECOND)] as const;
  return {
    message: newMessage({ request }),
    conversationSid,
    people,
    place: { participants: people, onOptedOutParticipant },
  };
}

const begin = ({ conversationSid, message }: Posting, place?: ConversationPlace) =>
  fanOut.begin(message, { number: 1, step: 0, conversationSid }, place);

/** The message is at Twilio. */
async function posted(posting: Posting) {
  await begin(posting, posting.place);
  const created = { conversationSid: posting.conversationSid, messageSid: newSid('IM') };
  await messages.recordCreated(posting.message.messageId, 1, created);
  return created;
}

const found = async ({ message }: Posting) => {
  const record = await messages.find(message.tenant, message.messageId);
  if (record === undefined) {
    throw new Error('the message is not there');
  }
  return record;
};

const childOf = ({ message }: Posting, { participantSid }: AddressedParticipant): ChildOf => ({
  parentId: message.messageId,
  attempt: 1,
  participantSid,
  position: { step: 1, attemptInStep: 1 },
  because: 'error 63024',
});

function openChild(posting: Posting, person: AddressedParticipant) {
  const { content, category, metadata, policy } = posting.message.request;
  const request = { content, category, metadata, policy };
  return fanOut.openChild({ childOf: childOf(posting, person), tenant: posting.message.tenant, request });
}

test('without a place nothing is begun but the attempt, and it is noted once', async () => {
  const posting = newPosting();
  const first = await begin(posting);
  expect(first).toEqual({ startedAt: expect.any(String) as string, participants: [] });
  expect(await begin(posting)).toEqual(first);
  const { attempts, timeline } = await found(posting);
  expect(attempts).toMatchObject([{ number: 1, channel: 'conversation', participants: [] }]);
  expect(timeline.map(({ kind }) => kind)).toEqual(['accepted']);
});

test('with a place a create is begun, for those who take part now; another one waits until its absence is proved', async () => {
  const posting = newPosting();
  const { createId, participants } = await begin(posting, posting.place);
  expect(participants.map((one) => omit(one, 'isOptedOut')).sort(bySid)).toEqual([...posting.people].sort(bySid));
  const second = await begin(posting, posting.place);
  expect(second).toMatchObject({ openCreate: { createId } });
  expect(second.createId).toBeUndefined();

  const joined = participant('+12025550113');
  const provedAbsent = { ...posting.place, participants: [posting.people[0], joined], provedAbsent: createId ?? '' };
  const third = await begin(posting, provedAbsent);
  expect(third.createId).toBeDefined();
  expect(third.createId).not.toBe(createId);
  expect((await begin(posting)).participants.map(({ participantSid }) => participantSid)).toEqual(
    [posting.people[0], joined].map(({ participantSid }) => participantSid).sort(),
  );
});

test('of 20 tries at once one begins a create', async () => {
  const posting = newPosting();
  const grants = await Promise.all(Array.from({ length: 20 }, () => begin(posting, posting.place)));
  expect(grants.filter(({ createId }) => createId !== undefined)).toHaveLength(1);
});

test('an opt-out in the scope of channel and proxy address holds back, and stays the answer', async () => {
  const posting = newPosting();
  await optOuts.record(newOptOut({ address: SECOND, scope: { sender: SENDER, channel: 'whatsapp' } }));
  const held = await begin(posting, posting.place);
  expect(held.createId).toBeUndefined();
  expect(held).toMatchObject({ isHeldBack: true });
  expect(held.participants.filter(({ isOptedOut }) => isOptedOut)).toMatchObject([{ recipient: SECOND }]);

  await optOuts.record(
    newOptOut({
      address: SECOND,
      scope: { sender: SENDER, channel: 'whatsapp' },
      optedOut: false,
      at: '2026-02-01T00:00:00.000Z',
    }),
  );
  expect(await begin(posting, posting.place)).toEqual({ ...held, startedAt: held.startedAt });
  const { timeline } = await found(posting);
  expect(timeline).toContainEqual(
    expect.objectContaining({
      kind: 'participant_opted_out',
      attempt: 1,
      detail: { participantSid: posting.people[1].participantSid, channel: 'whatsapp' },
    }),
  );
  expect(JSON.stringify(timeline)).not.toContain('+1202');
});

test('an opt-out of another sender or channel does not', async () => {
  const posting = newPosting();
  await optOuts.record(newOptOut({ address: FIRST, scope: { sender: '+12025550177' } }));
  await optOuts.record(newOptOut({ address: SECOND, scope: { channel: 'sms' } }));
  expect((await begin(posting, posting.place)).createId).toBeDefined();
});

test('the policy may go on, and who has opted out is known all the same', async () => {
  const posting = newPosting('send');
  await optOuts.record(newOptOut({ address: SECOND }));
  const grant = await begin(posting, posting.place);
  expect(grant.createId).toBeDefined();
  await posted(posting);
  const [attempt] = (await found(posting)).attempts;
  expect(attempt?.participants?.map(({ isOptedOut }) => isOptedOut).sort()).toEqual([false, true]);
});

test('a receipt is matched with the participant that it is about, and one of a stranger with nobody', async () => {
  const posting = newPosting();
  const created = await posted(posting);
  const [first] = posting.people;
  const known = await inbox.store(newReceipt({ ...created, participantSid: first.participantSid }));
  expect(known.match).toMatchObject({ recipient: FIRST, sender: SENDER, channel: 'whatsapp', attempt: 1 });
  const { match } = await inbox.store(newReceipt({ ...created, participantSid: newSid('MB') }));
  expect(match).toMatchObject({ messageId: posting.message.messageId, channel: 'conversation' });
  expect(match?.recipient).toBeUndefined();
});

test('an attempt is quiet while any participant is undecided', async () => {
  const posting = newPosting();
  const created = await posted(posting);
  const isQuiet = async (): Promise<boolean> => {
    const quiet = await createSweepStore(clone.database).quietAttempts({ limit: 100, pauseMs: AT_ONCE_MS });
    return quiet.some(({ messageSid }) => messageSid === created.messageSid);
  };
  const [first, second] = posting.people;
  await inbox.store(newReceipt({ ...created, participantSid: first.participantSid }));
  expect(await isQuiet()).toBe(true);
  await inbox.store(
    newReceipt({ ...created, participantSid: second.participantSid }, { status: 'failed', errorCode: 30005 }),
  );
  expect(await isQuiet()).toBe(false);
});

test('a child has the address of its participant, its parent and one id, however often it is opened', async () => {
  const posting = newPosting();
  await posted(posting);
  const child = await openChild(posting, posting.people[1]);
  expect(await openChild(posting, posting.people[1])).toEqual(child);
  expect(child.request).toMatchObject({ to: SECOND, channel: 'whatsapp' });
  expect((await found(posting)).children).toEqual([
    { messageId: child.messageId, attempt: 1, participantSid: posting.people[1].participantSid, status: 'sending' },
  ]);
  expect(await messages.find('acme', child.messageId)).toMatchObject({ childOf: childOf(posting, posting.people[1]) });
  const unstarted = await createSweepStore(clone.database).unstartedMessages({ limit: 100, pauseMs: AT_ONCE_MS });
  expect(unstarted.map(({ messageId }) => messageId)).not.toContain(child.messageId);
  await expect(openChild(posting, participant(FIRST))).rejects.toThrow('not for the participant');
});

test('what is told after the end corrects a partial delivery, of a participant or of a child', async () => {
  const correct = createOutcomeCorrector(clone.database, DEFAULT_OPT_OUT_CODES);
  const posting = newPosting();
  const { message } = posting;
  const [first, second] = posting.people;
  const created = await posted(posting);
  const child = await openChild(posting, second);
  const unreached = [
    { participantSid: first.participantSid, kind: 'unconfirmed' },
    { participantSid: second.participantSid, kind: 'failed' },
  ] as const;
  const end = { kind: 'unconfirmed', channel: 'conversation', unreached: [...unreached].sort(bySid) } as const;
  await messages.recordOutcome({ messageId: message.messageId, message, outcome: newOutcome(end), heardEventIds: [] });
  const failed = newOutcome({ kind: 'failed' });
  await messages.recordOutcome({ messageId: child.messageId, message: child, outcome: failed, heardEventIds: [] });
  expect(await correct(message.messageId)).toBeUndefined();

  await inbox.store(newReceipt({ ...created, participantSid: first.participantSid }));
  expect(await correct(message.messageId)).toMatchObject({
    was: { kind: 'unconfirmed' },
    is: { kind: 'partly_delivered', unreached: [{ participantSid: second.participantSid, kind: 'failed' }] },
  });
  const childCreated = { conversationSid: newSid('CH'), participantSid: newSid('MB'), messageSid: newSid('IM') };
  await messages.beginAttempt(child, { number: 1, step: 1, channel: 'sms', sender: SENDER, recipient: SECOND });
  await messages.recordCreated(child.messageId, 1, childCreated);
  await inbox.store(newReceipt(childCreated));
  expect(await correct(child.messageId)).toMatchObject({ is: { kind: 'delivered' } });
  expect(await found(posting)).toMatchObject({ outcome: { kind: 'delivered', unreached: [] }, corrections: [{}, {}] });
  expect(await correct(message.messageId)).toBeUndefined();
});

test.each(['the child', 'the parent'] as const)(
  'a child that was corrected before its parent ended corrects it whenever %s is looked at again',
  async (who) => {
    const correct = createOutcomeCorrector(clone.database, DEFAULT_OPT_OUT_CODES);
    const posting = newPosting();
    const { message } = posting;
    const [first, second] = posting.people;
    const created = await posted(posting);
    await inbox.store(newReceipt({ ...created, participantSid: first.participantSid }));
    const child = await openChild(posting, second);
    const childCreated = { conversationSid: newSid('CH'), participantSid: newSid('MB'), messageSid: newSid('IM') };
    await messages.beginAttempt(child, { number: 1, step: 1, channel: 'sms', sender: SENDER, recipient: SECOND });
    await messages.recordCreated(child.messageId, 1, childCreated);
    const silent = newOutcome({ kind: 'unconfirmed' });
    await messages.recordOutcome({ messageId: child.messageId, message: child, outcome: silent, heardEventIds: [] });
    await inbox.store(newReceipt(childCreated));
    expect(await correct(child.messageId)).toMatchObject({ is: { kind: 'delivered' } });

    const unreached = [{ participantSid: second.participantSid, kind: 'unconfirmed' }] as const;
    const end = { kind: 'partly_delivered', channel: 'conversation', unreached } as const;
    await messages.recordOutcome({
      messageId: message.messageId,
      message,
      outcome: newOutcome(end),
      heardEventIds: [],
    });
    await correct(who === 'the child' ? child.messageId : message.messageId);
    expect(await found(posting)).toMatchObject({ outcome: { kind: 'delivered', unreached: [] }, corrections: [{}] });
  },
);

const bySid = (a: { participantSid: ParticipantSid }, b: { participantSid: ParticipantSid }): number =>
  a.participantSid < b.participantSid ? -1 : 1;
