import { newCreated, newReceipt, newSid } from '../support/database-fixtures';
import { newAttempt, newMessage } from '../support/database-fixtures';
import { ACCOUNT_SID, signedWebhook } from './support/signed-webhook';
import { startTestApi, type TestApi } from './support/test-api';

const RECEIPTS = '/webhooks/twilio/conversations';
const TO = '+12025550119';

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.stop());

/** The samples of a metric, as Prometheus would read them. */
async function samples(name: string): Promise<string[]> {
  const { text } = await api.call('GET', '/metrics', { key: undefined });
  return text.split('\n').filter((line) => line.startsWith(name));
}

/** A message that Twilio has. */
async function sendMessage() {
  const message = newMessage();
  const created = newCreated();
  await api.stores.messages.beginAttempt(message, newAttempt(), { opened: created });
  await api.stores.messages.recordCreated(message.messageId, 1, created);
  return { messageId: message.messageId, created };
}

async function tell(created: ReturnType<typeof newCreated>, status: string, errorCode = ''): Promise<number> {
  const fields = {
    EventType: 'onDeliveryUpdated',
    AccountSid: ACCOUNT_SID,
    ConversationSid: created.conversationSid,
    MessageSid: created.messageSid,
    ParticipantSid: created.participantSid,
    DeliveryReceiptSid: newSid('DY'),
    ChannelMessageSid: newSid('SM'),
    Status: status,
    ErrorCode: errorCode,
    DateUpdated: '2026-01-02T03:04:06Z',
  };
  const answer = await api.call('POST', RECEIPTS, signedWebhook(RECEIPTS, fields));
  await api.background.idle();
  return answer.status;
}

test('a status and a code that posthorn does not know are kept, shown as they came, counted and logged', async () => {
  const { messageId, created } = await sendMessage();
  expect(await tell(created, 'teleported')).toBe(200);
  expect(await tell(created, 'failed', '39876')).toBe(200);
  const shown = await api.call('GET', `/v1/messages/${messageId}`);
  expect(shown.json).toMatchObject({
    attempts: [
      {
        status: 'failed',
        errorCode: 39876,
        errorClass: 'unknown',
        receipts: expect.arrayContaining([
          expect.objectContaining({ status: 'teleported' }),
          expect.objectContaining({ status: 'failed', errorCode: 39876 }),
        ]) as unknown,
      },
    ],
  });
  expect(await samples('posthorn_unknown_words_total')).toEqual([
    'posthorn_unknown_words_total{kind="status"} 1',
    'posthorn_unknown_words_total{kind="error_code"} 1',
  ]);
  expect(await samples('posthorn_receipts_total')).toEqual([
    'posthorn_receipts_total{source="webhook",status="unknown"} 1',
    'posthorn_receipts_total{source="webhook",status="failed"} 1',
  ]);
  const warnings = api.logged.filter((line) => line.includes('posthorn does not know'));
  expect(warnings.map((line) => JSON.parse(line) as object)).toMatchObject([
    { messageSid: created.messageSid, status: 'teleported' },
    { messageSid: created.messageSid, errorCode: 39876 },
  ]);
});

test('a repetition of an unknown word is not counted again, and known words are not counted as unknown', async () => {
  const { created } = await sendMessage();
  const receipt = newReceipt(created, { status: 'teleported' });
  await api.inbox.store(receipt);
  await api.inbox.store(receipt);
  await api.inbox.store(newReceipt(created, { status: 'undelivered', errorCode: 30005 }));
  expect(await samples('posthorn_unknown_words_total')).toEqual(['posthorn_unknown_words_total{kind="status"} 1']);
});

test('accepted messages, webhooks and requests are counted, without anything about anybody', async () => {
  const json = { to: TO, body: 'Your table is ready.' };
  const headers = { 'Idempotency-Key': 'once' };
  await api.call('POST', '/v1/messages', { json, headers });
  await api.call('POST', '/v1/messages', { json, headers });
  await api.call('GET', `/v1/opt-outs/${TO}`);
  await api.call('POST', RECEIPTS, { key: undefined, body: 'Forged=1' });
  const { created } = await sendMessage();
  await tell(created, 'delivered');

  expect(await samples('posthorn_messages_accepted_total')).toEqual([
    'posthorn_messages_accepted_total{channel="sms",category="notification"} 1',
  ]);
  // A webhook is counted once its answer is out.
  expect(await samples('posthorn_webhooks_total')).toEqual([
    expect.stringMatching(/endpoint="conversations",verdict="(refused_signature|unreadable)",effect="nothing"\} 1$/),
    'posthorn_webhooks_total{endpoint="conversations",verdict="accepted",effect="receipt_stored"} 1',
  ]);
  expect(await samples('posthorn_http_request_duration_seconds_count')).toContain(
    'posthorn_http_request_duration_seconds_count{method="GET",route="/v1/opt-outs/:address",status="200"} 1',
  );
  const { text, headers: answered } = await api.call('GET', '/metrics', { key: undefined });
  expect(answered.get('Content-Type')).toContain('version=0.0.4');
  expect(text).not.toMatch(/\+1202555|%2B1202555|table is ready|acme|msg_|IM[0-9a-f]{32}/);
});

test('what waits is shown as the database has it', async () => {
  const { created } = await sendMessage();
  await sendMessage();
  await api.inbox.store(newReceipt(created));
  await api.inbox.store(newReceipt(newCreated()));
  await api.database.database('delivery_events').update({ received_at: new Date(Date.now() - 120_000) });
  expect(await samples('posthorn_relay_waiting_events')).toEqual(['posthorn_relay_waiting_events 2']);
  const [oldest = ''] = await samples('posthorn_relay_oldest_event_age_seconds');
  expect(Number(oldest.split(' ')[1])).toBeGreaterThanOrEqual(119);
  expect(await samples('posthorn_open_messages')).toEqual(['posthorn_open_messages{status="awaiting_receipt"} 2']);
  expect(await samples('posthorn_database_connections{state="used"}')).toHaveLength(1);
});
