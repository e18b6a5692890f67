import { ACCOUNT_SID, PERSON, SENDER, SERVICE_SID } from './support/identifiers';
import { refusalOf } from './support/refusal-of';
import { useSimulator } from './support/use-simulator';

const fixture = useSimulator();
const conversations = (): ReturnType<typeof fixture.service>['conversations'] => fixture.service().conversations;

test('makes a conversation with what it was given', async () => {
  const made = await conversations().create({
    uniqueName: 'pair-1',
    friendlyName: 'Pair',
    attributes: '{"tenant":"a"}',
  });

  expect(made).toMatchObject({
    accountSid: ACCOUNT_SID,
    chatServiceSid: SERVICE_SID,
    uniqueName: 'pair-1',
    friendlyName: 'Pair',
    attributes: '{"tenant":"a"}',
    state: 'active',
  });
  expect(made.sid).toMatch(/^CH[0-9a-f]{32}$/);
});

test('is found by SID and by unique name, on the path of its service and on the default one', async () => {
  const { sid: conversationSid } = await conversations().create({ uniqueName: 'pair-1' });
  const onDefaultPath = fixture.client().conversations.v1.conversations;

  expect((await conversations()('pair-1').fetch()).sid).toBe(conversationSid);
  expect((await onDefaultPath('pair-1').fetch()).sid).toBe(conversationSid);
  expect((await onDefaultPath(conversationSid).fetch()).uniqueName).toBe('pair-1');
});

test('refuses a unique name twice, however many ask at once', async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, () => conversations().create({ uniqueName: 'contested' })),
  );

  const refused = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason as unknown);
  expect(refused).toHaveLength(19);
  for (const refusal of refused) {
    expect(refusal).toMatchObject({ status: 409, code: 50353 });
  }
});

test.each([
  ['a unique name that looks like a SID', { uniqueName: `CH${'0'.repeat(32)}` }, 50390],
  ['attributes that are no JSON', { attributes: 'no json' }, 50304],
  ['a messaging service of another kind', { messagingServiceSid: `IS${'0'.repeat(32)}` }, 20001],
  ['timers, which are not played', { 'timers.closed': 'PT10M' }, 20001],
])('refuses %s', async (_, draft, code) => {
  expect(await refusalOf(conversations().create(draft))).toMatchObject({ status: 400, code });
});

test('a closed conversation is closed for good, and sets its name holder and its pairs free', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const closed = await conversations()(conversationSid).update({ state: 'closed' });

  expect(closed.state).toBe('closed');
  const reopened = conversations()(conversationSid).update({ state: 'active' });
  expect(await refusalOf(reopened)).toMatchObject({ code: 50377 });
  const posted = conversations()(conversationSid).messages.create({ body: 'too late' });
  expect(await refusalOf(posted)).toMatchObject({ code: 50377 });
  await expect(fixture.conversationWith(PERSON, SENDER)).resolves.toMatch(/^CH/);
});

test('a deleted conversation is gone with its name and its pairs', async () => {
  const { sid: conversationSid } = await conversations().create({ uniqueName: 'pair-1' });
  await conversations()(conversationSid).participants.create({
    'messagingBinding.address': PERSON,
    'messagingBinding.proxyAddress': SENDER,
  });

  await conversations()(conversationSid).remove();

  expect(await refusalOf(conversations()(conversationSid).fetch())).toMatchObject({ status: 404, code: 20404 });
  const post = conversations()(conversationSid).messages.create({ body: 'nowhere' });
  expect(await refusalOf(post)).toMatchObject({ status: 404, code: 50350 });
  await conversations().create({ uniqueName: 'pair-1' });
  await expect(fixture.conversationWith(PERSON, SENDER)).resolves.toMatch(/^CH/);
});

test('renaming moves the unique name', async () => {
  const { sid: conversationSid } = await conversations().create({ uniqueName: 'old' });
  await conversations()(conversationSid).update({ uniqueName: 'new' });

  expect((await conversations()('new').fetch()).sid).toBe(conversationSid);
  expect(await refusalOf(conversations()('old').fetch())).toMatchObject({ code: 20404 });
});

test('lists by state, and a page is not upset by a deletion', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => conversations().create({})));
  const [first, second] = made;
  await conversations()(second?.sid ?? '').update({ state: 'closed' });
  const firstPage = await conversations().page({ pageSize: 2, state: 'active' });
  await conversations()(first?.sid ?? '').remove();
  const secondPage = await firstPage.nextPage();

  const seen = [...firstPage.instances, ...(secondPage?.instances ?? [])].map(
    ({ sid: conversationSid }) => conversationSid,
  );
  expect(new Set(seen).size).toBe(4);
  expect(seen).not.toContain(second?.sid);
});
