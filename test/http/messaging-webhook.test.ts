import { newSid, SENDER } from '../support/database-fixtures';
import { until } from '../support/until';
import { ACCOUNT_SID, signedWebhook } from './support/signed-webhook';
import { startTestApi, type TestApi } from './support/test-api';

const PATH = '/webhooks/twilio/messaging';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const inbound = (from: string, overrides: Readonly<Record<string, string>> = {}) => ({
  AccountSid: ACCOUNT_SID,
  MessageSid: newSid('SM'),
  From: from,
  To: SENDER,
  Body: 'Hello',
  ...overrides,
});
const post = (fields: Readonly<Record<string, string>>) => api.call('POST', PATH, signedWebhook(PATH, fields));
const scopesOf = async (address: string) =>
  ((await api.call('GET', `/v1/opt-outs/${address}`)).json as { scopes: object[] }).scopes;

test('the answer is TwiML that sends nothing', async () => {
  const answer = await post(inbound('+12025550170'));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toContain('text/xml');
  expect(answer.text).toMatch(/<Response\/>$/);
});

test('what Twilio took the text for wins over the text', async () => {
  await post(inbound('+12025550171', { Body: 'Arrêt', OptOutType: 'STOP' }));
  expect(await scopesOf('+12025550171')).toMatchObject([{ sender: SENDER }]);
  await post(inbound('+12025550172', { Body: 'STOP', OptOutType: 'HELP' }));
  expect(await scopesOf('+12025550172')).toEqual([]);
});

test('without OptOutType the words count', async () => {
  await post(inbound('+12025550173', { Body: 'Unsubscribe' }));
  expect(await scopesOf('+12025550173')).toHaveLength(1);
});

test('an old START that is sent again does not lift a later STOP', async () => {
  const address = '+12025550174';
  await post(inbound(address, { Body: 'STOP' }));
  const start = inbound(address, { Body: 'START' });
  await post(start);
  expect(await scopesOf(address)).toEqual([]);
  await post(inbound(address, { Body: 'STOP' }));
  await post(start);
  expect(await scopesOf(address)).toMatchObject([{ sender: SENDER }]);
});

test('a message of another account, or without its sender, is refused', async () => {
  expect((await post(inbound('+12025550175', { AccountSid: newSid('AC'), Body: 'STOP' }))).json).toMatchObject({
    code: 'foreign_account',
  });
  expect((await post({ ...inbound('+12025550175'), To: '' })).json).toMatchObject({
    status: 400,
    errors: [{ field: 'To' }],
  });
  expect(await scopesOf('+12025550175')).toEqual([]);
});

test('words of every set count, and what is only near one is shown to a person without its text', async () => {
  const address = '+12025550176';
  await post(inbound(address, { Body: '«Arre\u0301t !»' }));
  expect(await scopesOf(address)).toMatchObject([{ sender: SENDER }]);
  const near = inbound('+12025550177', { Body: 'please stop sending at night' });
  const read = inbound('+12025550177', { Body: 'Do not stop.', OptOutType: 'HELP' });
  await post(near);
  await post(read);
  expect(await scopesOf('+12025550177')).toEqual([]);
  const listed = await until('the trace', async () => {
    api.tracer.flush();
    const answer = await api.call('GET', '/v1/webhooks?verdict=near_word');
    return answer.text.includes('near_word') && answer;
  });
  expect(listed.json).toMatchObject({
    webhooks: [{ event: 'inboundMessage', effect: 'nothing', channelMessageSid: near.MessageSid }],
  });
  expect(listed.text).not.toMatch(/night|2025550177/);
});
