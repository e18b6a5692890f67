import { DEFAULT_POLICIES, type EscalationStep } from '../../src/domain/policy';
import { type SendRequest } from '../../src/domain/send-request';
import { stepAt } from '../../src/domain/step-message';

const requestWith = (...escalation: EscalationStep[]): SendRequest => ({
  to: '+12025550101',
  from: '+12025550100',
  channel: 'sms',
  content: { body: 'Hello' },
  category: 'notification',
  policy: { ...DEFAULT_POLICIES.notification, escalation },
  metadata: {},
});

describe('stepAt', () => {
  it('is the request itself at step 0', () => {
    expect(stepAt(requestWith(), 0)).toEqual({
      channel: 'sms',
      to: '+12025550101',
      from: '+12025550100',
      content: { body: 'Hello' },
      deliveryTimeout: '10m',
    });
  });

  it('takes from the request what the step leaves out', () => {
    expect(stepAt(requestWith({ channel: 'sms', to: '+12025550102' }), 1)).toEqual({
      channel: 'sms',
      to: '+12025550102',
      from: '+12025550100',
      content: { body: 'Hello' },
      deliveryTimeout: '10m',
    });
  });

  it('takes all that the step says', () => {
    const step = {
      channel: 'whatsapp',
      to: '+12025550102',
      from: '+12025550109',
      content: { body: 'Hi' },
      deliveryTimeout: '1m',
    } as const;
    expect(stepAt(requestWith(step), 1)).toEqual(step);
  });

  it('does not send from the number of the request on another channel', () => {
    expect(stepAt(requestWith({ channel: 'whatsapp' }), 1)).not.toHaveProperty('from');
  });

  it('is the human step as it stands', () => {
    const step = { channel: 'human', queue: 'desk', acknowledgeTimeout: '1h' } as const;
    expect(stepAt(requestWith({ channel: 'sms' }, step), 2)).toEqual(step);
  });

  it('refuses a step that the ladder does not have', () => {
    expect(() => stepAt(requestWith(), 1)).toThrow('the policy has no step 1: it has 0 escalation steps');
  });
});
