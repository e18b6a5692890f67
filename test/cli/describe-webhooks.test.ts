import { describeWebhooks } from '../../src/cli/describe-webhooks';
import { type WebhookView } from '../../src/http/presenters/webhook';

const REFUSED: WebhookView = {
  receivedAt: '2026-01-31T23:05:06.007Z',
  endpoint: 'conversations',
  event: null,
  verdict: 'refused_signature',
  effect: 'nothing',
  reason: 'mismatch',
  count: 1,
  status: null,
  errorCode: null,
  conversationSid: null,
  messageSid: null,
  participantSid: null,
  deliveryReceiptSid: null,
  channelMessageSid: null,
  callSid: null,
  messageId: null,
  durationMs: 0.4,
  links: {},
};

test('a line for each, in local time', () => {
  const receipt: WebhookView = {
    ...REFUSED,
    event: 'onDeliveryUpdated',
    verdict: 'accepted',
    effect: 'receipt_stored',
    reason: null,
    status: 'undelivered',
    errorCode: 30003,
    conversationSid: 'CH1',
    messageSid: 'IM1',
    messageId: 'msg_1',
  };
  const counted: WebhookView = { ...REFUSED, reason: null, count: 1200, durationMs: null };
  const lines = describeWebhooks([receipt, REFUSED, counted], 'Europe/Berlin')
    .split('\n')
    .map((line) => line.trimEnd());
  expect(lines).toEqual([
    'Times are those of Europe/Berlin.',
    'time                     event              verdict                      changed         count  ms   about',
    '2026-02-01 00:05:06.007  onDeliveryUpdated  accepted                     receipt_stored  1      0.4  undelivered 30003 msg_1 IM1',
    '2026-02-01 00:05:06.007  (conversations)    refused_signature: mismatch  nothing         1      0.4',
    '2026-02-01 00:05:06.007  (conversations)    refused_signature            nothing         1200',
    '',
  ]);
});

test('none is said', () => {
  expect(describeWebhooks([], 'UTC')).toBe('No webhook left a trace there.\n');
});
