import { createLeaveVoicemail } from '../../activities/leave-voicemail';
import { type VoiceGateway } from '../../src/twilio/voice-gateway';
import { TwilioError, type TwilioFault } from '../../src/twilio/twilio-error';
import { SEND_FAILURES } from '../../workflows/contract';
import { newSid } from '../support/database-fixtures';

const INPUT = {
  callSid: newSid('CA'),
  voicemail: 'Call us back.',
  speech: { text: 'The water is rising.', language: 'en-US', repeat: 2 },
} as const;

const leaving = (redirectCall: VoiceGateway['redirectCall']) =>
  createLeaveVoicemail({ voice: { gateway: { redirectCall } } });

test('a call that goes on says the text', async () => {
  const said: string[] = [];
  const leaveVoicemail = leaving((_, twiml) => {
    said.push(twiml);
    return Promise.resolve(true);
  });
  await expect(leaveVoicemail(INPUT)).resolves.toBe(true);
  expect(said).toEqual([expect.stringContaining(INPUT.voicemail)]);
});

test.each<[TwilioFault, string]>([
  ['ambiguous', SEND_FAILURES.unknown],
  ['refused', SEND_FAILURES.notHandedOver],
  ['rate_limited', SEND_FAILURES.notHandedOver],
  ['unreachable', SEND_FAILURES.notHandedOver],
])('an answer that is %s proves %s', async (fault, type) => {
  const leaveVoicemail = leaving(() => Promise.reject(new TwilioError({ fault, operation: 'redirect call' })));
  await expect(leaveVoicemail(INPUT)).rejects.toMatchObject({ type });
});

test('a worker that cannot call leaves nothing', async () => {
  await expect(createLeaveVoicemail({})(INPUT)).rejects.toMatchObject({ type: SEND_FAILURES.notHandedOver });
});
