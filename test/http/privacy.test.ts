import { signedWebhook, ACCOUNT_SID } from './support/signed-webhook';
import { startTestApi, type TestApi } from './support/test-api';
import { newSid } from '../support/database-fixtures';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test('no log line has a number or a text in it, at any level', async () => {
  const path = '/webhooks/twilio/conversations';
  const inbound = {
    EventType: 'onMessageAdded',
    AccountSid: ACCOUNT_SID,
    ConversationSid: newSid('CH'),
    MessageSid: newSid('IM'),
    Author: '+12025550142',
    Source: 'SMS',
    Body: 'STOP',
  };
  await api.call('POST', '/v1/messages', { json: { to: '+12025550142', body: 'a private text' } });
  await api.call('POST', '/v1/messages', { json: { to: '+12025550142', body: 'a private text', from: 'private' } });
  await api.call('PUT', '/v1/opt-outs/+12025550142', { json: { reason: 'a private text' } });
  await api.call('GET', '/v1/opt-outs/%2B12025550142/history');
  await api.call('GET', '/v1/opt-outs/+12025550142/elsewhere');
  await api.call('POST', path, signedWebhook(path, inbound));
  await api.call('POST', path, signedWebhook(path, inbound, 'forged'));

  const lines = api.logged.map((line) => JSON.parse(line) as { route?: string; status?: number });
  expect(lines.map(({ route }) => route)).toEqual(
    expect.arrayContaining(['/v1/messages', '/v1/opt-outs/:address', '/v1/opt-outs/:address/history', path, 'none']),
  );
  expect(api.logged.join('')).not.toMatch(/2025550142|private/);
});

test('answers with personal data stay out of caches', async () => {
  expect((await api.call('GET', '/v1/opt-outs/+12025550142')).headers.get('Cache-Control')).toBe('no-store');
});
