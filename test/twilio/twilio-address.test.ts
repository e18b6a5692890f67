import { fromTwilioAddress, toTwilioAddress } from '../../src/twilio/twilio-address';

test.each([
  ['sms', '+15550100001', '+15550100001'],
  ['whatsapp', '+15550100001', 'whatsapp:+15550100001'],
] as const)('%s %s is %s at Twilio, there and back', (channel, address, twilioAddress) => {
  expect(toTwilioAddress(channel, address)).toBe(twilioAddress);
  expect(fromTwilioAddress(twilioAddress)).toEqual({ channel, address });
});

test('an address of another channel is none of ours', () => {
  expect(fromTwilioAddress('messenger:12345')).toBeUndefined();
});
