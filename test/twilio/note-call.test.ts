import { parseSid } from '../../src/domain/sid';
import { type Simulator } from '../../src/simulator/start-simulator';
import { createTwilioGateway } from '../../src/twilio/twilio-gateway';
import { ACCOUNT, failureOf, PAIR, serviceOf, startTwilio } from './simulated-twilio';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startTwilio();
});
afterEach(() => simulator.stop());

const gateway = () => createTwilioGateway({ ...ACCOUNT, baseUrl: simulator.url });
const CALL = { callSid: parseSid(`CA${'1'.repeat(32)}`, 'CA'), messageId: 'msg_1', attempt: 2 };

test('a call is noted with the participant, beside what somebody else keeps there, and once', async () => {
  const place = await gateway().openConversation(PAIR);
  const participant = serviceOf(simulator).conversations(place.conversationSid).participants(place.participantSid);
  await participant.update({ attributes: '{"name": "Ada"}' });

  await expect(gateway().noteCall({ ...place, ...CALL })).resolves.toBe(true);
  await expect(gateway().noteCall({ ...place, ...CALL })).resolves.toBe(false);
  const { attributes } = await participant.fetch();
  expect(JSON.parse(attributes)).toEqual({ name: 'Ada', posthorn: { calls: [CALL] } });
});

test('a participant who is gone is a refusal, and Twilio away is no riddle', async () => {
  const place = await gateway().openConversation(PAIR);
  const participantSid = parseSid(`MB${'9'.repeat(32)}`, 'MB');
  const refused = await failureOf(gateway().noteCall({ ...place, participantSid, ...CALL }));
  expect(refused).toMatchObject({ fault: 'refused', status: 404 });

  simulator.control.addFault({
    operation: 'participants.update',
    requests: 1,
    when: 'before',
    effect: { kind: 'reset' },
  });
  const away = await failureOf(gateway().noteCall({ ...place, ...CALL }));
  expect(away.fault).toBe('unreachable');
});
