import { newMessage, newOutcome } from '../support/database-fixtures';
import { GLOBEX, startTestApi, type TestApi } from './support/test-api';

interface Page {
  readonly messages: { readonly id: string; readonly status: string }[];
  readonly nextCursor: string | null;
}

let api: TestApi;
const ids: string[] = [];
beforeAll(async () => {
  api = await startTestApi();
  const { messages } = api.stores;
  for (let count = 0; count < 5; count += 1) {
    const message = newMessage();
    await messages.accept(message);
    ids.unshift(message.messageId);
  }
  const closed = newMessage();
  await messages.recordOutcome({
    messageId: closed.messageId,
    message: closed,
    heardEventIds: [],
    outcome: newOutcome({ kind: 'failed' }),
  });
  ids.unshift(closed.messageId);
  // A second apart: of two that come within a millisecond, either may count as the newer.
  for (const [age, messageId] of ids.entries()) {
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, -age));
    await api.database.database('messages').where({ message_id: messageId }).update({ created_at: createdAt });
  }
});
afterAll(() => api.stop());

const list = async (query: string, key?: string): Promise<Page> =>
  (await api.call('GET', `/v1/messages${query}`, key === undefined ? {} : { key })).json as Page;

test('the newest come first, page by page', async () => {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await list(`?limit=4${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...page.messages.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(ids);
});

test('status, outcome and time narrow the list', async () => {
  expect((await list('?status=closed')).messages.map(({ id }) => id)).toEqual([ids[0]]);
  expect((await list('?outcome=failed')).messages.map(({ id }) => id)).toEqual([ids[0]]);
  expect((await list('?outcome=delivered')).messages).toEqual([]);
  expect((await list('?since=2020-01-01T00:00:00+02:00')).messages).toHaveLength(ids.length);
  expect((await list('?since=2999-01-01')).messages).toEqual([]);
});

test('a tenant sees only its own', async () => {
  expect(await list('', GLOBEX)).toEqual({ messages: [], nextCursor: null });
});
