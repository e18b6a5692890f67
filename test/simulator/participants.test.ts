import { OTHER_PERSON, PERSON, SENDER } from './support/identifiers';
import { refusalOf } from './support/refusal-of';
import { useSimulator } from './support/use-simulator';

const OWNED_WHATSAPP = `whatsapp:${SENDER}`;
const fixture = useSimulator(() => ({ proxyAddresses: [SENDER, OWNED_WHATSAPP] }));

type Participants = ReturnType<ReturnType<typeof fixture.service>['conversations']>['participants'];

async function participantsOfNew(): Promise<Participants> {
  const { sid: conversationSid } = await fixture.service().conversations.create({});
  return fixture.service().conversations(conversationSid).participants;
}

function binding(address: string, proxyAddress: string): Record<string, string> {
  return { 'messagingBinding.address': address, 'messagingBinding.proxyAddress': proxyAddress };
}

test('adds, lists, fetches and removes', async () => {
  const participants = await participantsOfNew();
  const bySms = await participants.create({ ...binding(PERSON, SENDER), attributes: '{"callSid":null}' });
  const byWhatsApp = await participants.create(binding(`whatsapp:${PERSON}`, OWNED_WHATSAPP));
  const inChat = await participants.create({ identity: 'agent' });

  expect(bySms.messagingBinding).toEqual({ type: 'sms', address: PERSON, proxy_address: SENDER });
  expect(bySms.attributes).toBe('{"callSid":null}');
  expect(byWhatsApp.messagingBinding).toMatchObject({ type: 'whatsapp' });
  expect(inChat).toMatchObject({ identity: 'agent', messagingBinding: null });
  await participants(bySms.sid).remove();
  const left = await participants.list({ pageSize: 1 });
  expect(left.map(({ sid: participantSid }) => participantSid)).toEqual([byWhatsApp.sid, inChat.sid]);
  expect(await refusalOf(participants(bySms.sid).fetch())).toMatchObject({ status: 404, code: 50432 });
});

test('attributes can be changed, and nothing else changes with them', async () => {
  const participants = await participantsOfNew();
  const added = await participants.create({ ...binding(PERSON, SENDER), attributes: '{"name":"Ada"}' });
  const changed = await participants(added.sid).update({ attributes: '{"name":"Bo"}' });
  expect(changed.attributes).toBe('{"name":"Bo"}');
  expect(changed.messagingBinding).toEqual(added.messagingBinding);
  expect((await participants(added.sid).fetch()).attributes).toBe('{"name":"Bo"}');
  expect(
    fixture
      .simulator()
      .control.events()
      .map(({ kind }) => kind),
  ).toContain('participant.updated');
  const invalid = await refusalOf(participants(added.sid).update({ attributes: 'name' }));
  expect(invalid).toMatchObject({ status: 400, code: 50304 });
  const tooLong = await refusalOf(participants(added.sid).update({ attributes: `"${'x'.repeat(4096)}"` }));
  expect(tooLong).toMatchObject({ status: 400, code: 50303 });
  expect((await participants(added.sid).fetch()).attributes).toBe('{"name":"Bo"}');
});

test('a participant of a closed conversation, or one that is not there, cannot be changed', async () => {
  const { sid: conversationSid } = await fixture.service().conversations.create({});
  const conversation = fixture.service().conversations(conversationSid);
  const added = await conversation.participants.create({ identity: 'agent' });
  await conversation.update({ state: 'closed' });
  const change = { attributes: '{}' };
  expect(await refusalOf(conversation.participants(added.sid).update(change))).toMatchObject({ code: 50377 });
  const missing = await refusalOf(conversation.participants(`MB${'0'.repeat(32)}`).update(change));
  expect(missing).toMatchObject({ status: 404, code: 50432 });
});

test('a pair is in one open conversation only, and the refusal names it', async () => {
  const holderSid = await fixture.conversationWith(PERSON, SENDER);
  const another = await participantsOfNew();

  const refusal = await refusalOf(another.create(binding(PERSON, SENDER)));

  expect(refusal).toMatchObject({ status: 409, code: 50416 });
  expect(refusal.message).toContain(holderSid);
  await expect(another.create(binding(OTHER_PERSON, SENDER))).resolves.toBeDefined();
});

test('of many who add the same pair at once, one succeeds', async () => {
  const rivals = await Promise.all(Array.from({ length: 10 }, participantsOfNew));
  const answers = await Promise.allSettled(rivals.map((participants) => participants.create(binding(PERSON, SENDER))));

  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a removed participant sets its pair free', async () => {
  const participants = await participantsOfNew();
  const { sid: participantSid } = await participants.create(binding(PERSON, SENDER));
  await participants(participantSid).remove();

  await expect(fixture.conversationWith(PERSON, SENDER)).resolves.toMatch(/^CH/);
});

test.each([
  ['an address that is no number', binding('12025550100', SENDER), 50407],
  ['a proxy address that is no number', binding(PERSON, 'posthorn'), 50408],
  ['an address that is its own proxy', binding(SENDER, SENDER), 50409],
  ['an empty address', binding('', SENDER), 50411],
  ['no proxy address', { 'messagingBinding.address': PERSON }, 50412],
  ['a proxy address of somebody else', binding(PERSON, '+12025550198'), 50413],
  ['addresses of two channels', binding(PERSON, OWNED_WHATSAPP), 50414],
  ['a WhatsApp sender of somebody else', binding(`whatsapp:${PERSON}`, 'whatsapp:+12025550198'), 50415],
  ['neither address nor identity', {}, 20001],
])('refuses %s', async (_, draft, code) => {
  const participants = await participantsOfNew();

  expect(await refusalOf(participants.create(draft))).toMatchObject({ code });
});

test('an identity is in a conversation once', async () => {
  const participants = await participantsOfNew();
  await participants.create({ identity: 'agent' });

  expect(await refusalOf(participants.create({ identity: 'agent' }))).toMatchObject({ status: 409, code: 50433 });
});

test('finds the conversations of an address, closed ones too', async () => {
  const closedSid = await fixture.conversationWith(PERSON, SENDER);
  await fixture.service().conversations(closedSid).update({ state: 'closed' });
  const openSid = await fixture.conversationWith(PERSON, SENDER);
  await fixture.conversationWith(OTHER_PERSON, SENDER);

  const found = await fixture.service().participantConversations.list({ address: PERSON });

  expect(found.map(({ conversationSid, conversationState }) => [conversationSid, conversationState])).toEqual([
    [closedSid, 'closed'],
    [openSid, 'active'],
  ]);
  expect(await fixture.service().participantConversations.list({ address: '+12025550150' })).toEqual([]);
});
