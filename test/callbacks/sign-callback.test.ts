import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { signCallback } from '../../src/callbacks/sign-callback';

const OLD = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const NEW = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const BODY = JSON.stringify({ type: 'message.delivered', data: { metadata: { name: 'Zoë 🎺' } } });

it('is verified with each secret of the tenant during a rotation, and with no other', () => {
  const headers = signCallback('evt_1', BODY, [OLD, NEW], new Date());
  expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
  expect(new Webhook(OLD).verify(BODY, headers)).toEqual(JSON.parse(BODY));
  expect(new Webhook(NEW).verify(BODY, headers)).toEqual(JSON.parse(BODY));
  expect(() => new Webhook(OTHER).verify(BODY, headers)).toThrow(WebhookVerificationError);
});

it.each([
  ['body', { body: `${BODY} ` }],
  ['id', { id: 'evt_2' }],
  ['time', { timestamp: String(Math.floor(Date.now() / 1000) + 5) }],
])('covers the %s', (_part, changed: { body?: string; id?: string; timestamp?: string }) => {
  const headers = signCallback('evt_1', BODY, [NEW], new Date());
  const forged = {
    ...headers,
    'webhook-id': changed.id ?? headers['webhook-id'],
    'webhook-timestamp': changed.timestamp ?? headers['webhook-timestamp'],
  };
  expect(() => new Webhook(NEW).verify(changed.body ?? BODY, forged)).toThrow(WebhookVerificationError);
});

it('signs the time of the try in seconds', () => {
  const headers = signCallback('evt_1', BODY, [NEW], new Date('2026-01-02T03:04:05.999Z'));
  expect(headers['webhook-timestamp']).toBe(String(Date.parse('2026-01-02T03:04:05Z') / 1000));
});
