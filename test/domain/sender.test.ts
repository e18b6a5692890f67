import { MissingSenderError, resolveSender } from '../../src/domain/sender';

const senders = { sms: '+12025550100', whatsapp: '+12025550109' };

describe('resolveSender', () => {
  it.each([
    ['sms', '+12025550100'],
    ['whatsapp', '+12025550109'],
  ] as const)('takes the configured sender of %s', (channel, expected) => {
    expect(resolveSender({ channel }, senders)).toBe(expected);
  });

  it('takes the sender that the message names before the configured one', () => {
    expect(resolveSender({ from: '+12025550105', channel: 'sms' }, senders)).toBe('+12025550105');
    expect(resolveSender({ from: '+12025550105', channel: 'sms' }, {})).toBe('+12025550105');
  });

  it.each([
    ['sms', { whatsapp: '+12025550109' }, 'no sender is known for sms: give from, or set TWILIO_FROM'],
    [
      'whatsapp',
      { sms: '+12025550100', whatsapp: undefined },
      'no sender is known for whatsapp: give from, or set TWILIO_WHATSAPP_FROM',
    ],
  ] as const)('refuses %s without a sender', (channel, known, message) => {
    expect(() => resolveSender({ channel }, known)).toThrow(new MissingSenderError(channel));
    expect(() => resolveSender({ channel }, known)).toThrow(message);
  });
});
