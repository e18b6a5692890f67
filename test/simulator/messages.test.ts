import { OTHER_PERSON, PERSON, SENDER } from './support/identifiers';
import { refusalOf } from './support/refusal-of';
import { useSimulator } from './support/use-simulator';

const fixture = useSimulator();

type Messages = ReturnType<ReturnType<typeof fixture.service>['conversations']>['messages'];
const messagesOf = (conversationSid: string): Messages => fixture.service().conversations(conversationSid).messages;

async function post(conversationSid: string, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    await messagesOf(conversationSid).create({ body: `message ${number}` });
  }
}

test('keeps what a message was given', async () => {
  const conversationSid = await fixture.conversationWith();
  const attributes = JSON.stringify({ messageId: 'm-1', attempt: 1 });

  const made = await messagesOf(conversationSid).create({ body: 'Hällo <you> & 👋', attributes, author: 'posthorn' });
  const fetched = await messagesOf(conversationSid)(made.sid).fetch();

  expect(fetched).toMatchObject({ body: 'Hällo <you> & 👋', author: 'posthorn', attributes, index: 0 });
});

test('lists in either order, page by page', async () => {
  const conversationSid = await fixture.conversationWith();
  await post(conversationSid, 5);

  const ascending = await messagesOf(conversationSid).list({ pageSize: 2 });
  const descending = await messagesOf(conversationSid).list({ pageSize: 2, order: 'desc' });

  expect(ascending.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  expect(descending.map(({ index }) => index)).toEqual([4, 3, 2, 1, 0]);
});

test('a page newest first is not shifted by a message that comes meanwhile', async () => {
  const conversationSid = await fixture.conversationWith();
  await post(conversationSid, 4);
  const first = await messagesOf(conversationSid).page({ pageSize: 2, order: 'desc' });
  await post(conversationSid, 1);
  const second = await first.nextPage();
  const firstAgain = await second?.previousPage();

  expect(first.instances.map(({ index }) => index)).toEqual([3, 2]);
  expect(second?.instances.map(({ index }) => index)).toEqual([1, 0]);
  expect(second?.nextPageUrl).toBeUndefined();
  expect(firstAgain?.instances.map(({ index }) => index)).toEqual([3, 2]);
});

test.each([
  ['no body', {}, 50503],
  ['a body that is too long', { body: 'x'.repeat(1601) }, 50504],
  ['attributes that are no JSON', { body: 'x', attributes: '{' }, 50304],
  ['attributes that are too long', { body: 'x', attributes: JSON.stringify('x'.repeat(4096)) }, 50303],
  ['a template of another kind', { contentSid: `ME${'0'.repeat(32)}` }, 20001],
  ['media that was never uploaded', { mediaSid: `ME${'0'.repeat(32)}` }, 50507],
])('refuses %s', async (_, draft, code) => {
  const conversationSid = await fixture.conversationWith();

  expect(await refusalOf(messagesOf(conversationSid).create(draft))).toMatchObject({ code });
  expect(await messagesOf(conversationSid).list()).toEqual([]);
});

test('takes a body of 1600 characters, and a template without a body', async () => {
  const conversationSid = await fixture.conversationWith();
  const contentSid = `HX${'d'.repeat(32)}`;

  expect((await messagesOf(conversationSid).create({ body: 'x'.repeat(1600) })).body).toHaveLength(1600);
  expect(await messagesOf(conversationSid).create({ contentSid })).toMatchObject({ contentSid, body: null });
});

test('refuses a page that is too large', async () => {
  const conversationSid = await fixture.conversationWith();

  expect(await refusalOf(messagesOf(conversationSid).page({ pageSize: 101 }))).toMatchObject({ code: 20007 });
});

test('an unknown message is not found, nor one of another conversation', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const otherSid = await fixture.conversationWith(OTHER_PERSON, SENDER);
  const { sid: messageSid } = await messagesOf(otherSid).create({ body: 'elsewhere' });

  expect(await refusalOf(messagesOf(conversationSid)(messageSid).fetch())).toMatchObject({ status: 404, code: 50500 });
});

test('a message sets an inactive conversation going again', async () => {
  const conversationSid = await fixture.conversationWith();
  await fixture.service().conversations(conversationSid).update({ state: 'inactive' });
  await post(conversationSid, 1);

  expect((await fixture.service().conversations(conversationSid).fetch()).state).toBe('active');
});

test('many posts at once are all kept, each with its own index', async () => {
  const conversationSid = await fixture.conversationWith();
  const posts = Array.from({ length: 50 }, (_, number) => messagesOf(conversationSid).create({ body: String(number) }));

  const indexes = (await Promise.all(posts)).map(({ index }) => index);

  expect(new Set(indexes)).toEqual(new Set(Array.from({ length: 50 }, (_, index) => index)));
});
