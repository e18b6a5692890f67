import { parseSid } from '../../src/domain/sid';
import { type AddressPair } from '../../src/twilio/gateway';
import { uniqueName } from '../../src/twilio/unique-name';

const PAIR: AddressPair = { channel: 'sms', sender: '+15550100001', recipient: '+15550100002' };
const CLOSED = parseSid(`CH${'a'.repeat(32)}`, 'CH');

test('is the same for the same pair, and shows no address', () => {
  expect(uniqueName(PAIR)).toBe(uniqueName({ ...PAIR }));
  expect(uniqueName(PAIR)).not.toContain('555');
  expect(uniqueName(PAIR)).toMatch(/^posthorn-[0-9a-f]{64}$/);
});

test('is another one for another channel, sender, recipient, direction or predecessor', () => {
  const names = [
    uniqueName(PAIR),
    uniqueName({ ...PAIR, channel: 'whatsapp' }),
    uniqueName({ ...PAIR, sender: '+15550100003' }),
    uniqueName({ ...PAIR, recipient: '+15550100003' }),
    uniqueName({ ...PAIR, sender: PAIR.recipient, recipient: PAIR.sender }),
    uniqueName(PAIR, CLOSED),
    uniqueName(PAIR, parseSid(`CH${'b'.repeat(32)}`, 'CH')),
  ];
  expect(new Set(names).size).toBe(names.length);
});

test('fits into the 256 characters that Twilio allows', () => {
  expect(uniqueName(PAIR, CLOSED).length).toBeLessThanOrEqual(256);
});
