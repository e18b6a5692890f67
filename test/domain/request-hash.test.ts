import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { requestHash } from '../../src/domain/request-hash';
import { type SendRequest } from '../../src/domain/send-request';

const request: SendRequest = {
  to: '+12025550101',
  channel: 'sms',
  content: { body: 'Hello' },
  category: 'notification',
  policy: DEFAULT_POLICIES.notification,
  metadata: { order: '1', batch: '2' },
};

describe('requestHash', () => {
  it('is SHA-256 in hexadecimal digits, and stays the same between releases', () => {
    expect(requestHash(request)).toBe('a90c1bb58ef4c8d95dc6bb97a2da5c7fa88d208b0383ce1b27f86dff782670c9');
  });

  it('does not depend on the order of the fields, at any depth', () => {
    const { to, metadata, policy, ...rest } = request;
    const reordered = {
      metadata: { batch: metadata['batch'] ?? '', order: metadata['order'] ?? '' },
      policy: Object.fromEntries(Object.entries(policy).toReversed()) as unknown as SendRequest['policy'],
      ...rest,
      to,
    };
    expect(JSON.stringify(reordered)).not.toBe(JSON.stringify(request));
    expect(requestHash(reordered)).toBe(requestHash(request));
  });

  it.each<[string, Partial<SendRequest>]>([
    ['to', { to: '+12025550102' }],
    ['from', { from: '+12025550100' }],
    ['channel', { channel: 'whatsapp' }],
    ['content', { content: { body: 'hello' } }],
    ['category', { category: 'alert' }],
    ['policy', { policy: { ...request.policy, maxAttempts: 1 } }],
    ['metadata', { metadata: { order: '2', batch: '1' } }],
    ['the order of steps', { policy: { ...request.policy, escalation: [{ channel: 'sms' }] } }],
  ])('changes with %s', (_name, change) => {
    expect(requestHash({ ...request, ...change })).not.toBe(requestHash(request));
  });

  it('keeps the order of steps apart', () => {
    const withSteps = (...channels: ('sms' | 'whatsapp')[]): SendRequest => ({
      ...request,
      policy: { ...request.policy, escalation: channels.map((channel) => ({ channel })) },
    });
    expect(requestHash(withSteps('sms', 'whatsapp'))).not.toBe(requestHash(withSteps('whatsapp', 'sms')));
  });
});
