import { MockActivityEnvironment } from '@temporalio/testing';
import { createEndLostCalls, type EndLostCallsInput } from '../../activities/end-lost-calls';
import { type CallLeft, type PlacedCall } from '../../src/database/call-store';
import { type CallSid } from '../../src/domain/sid';
import { type Simulator } from '../../src/simulator/start-simulator';
import { createVoiceGateway } from '../../src/twilio/create-voice-gateway';
import { type VoiceGateway } from '../../src/twilio/voice-gateway';
import { type CallNews } from '../../workflows/contract';
import { ACCOUNT, PAIR, startTwilio } from '../twilio/simulated-twilio';

const HOUR_MS = 3_600_000;

let simulator: Simulator;
let gateway: VoiceGateway;
beforeEach(async () => {
  simulator = await startTwilio();
  gateway = createVoiceGateway({ ...ACCOUNT, baseUrl: simulator.url, publicBaseUrl: 'http://127.0.0.1:9' });
  const rings = { fate: { kind: 'human' as const }, ringMs: HOUR_MS };
  simulator.control.scriptCalls({ to: PAIR.recipient, scripts: [{ calls: 'all', script: rings }] });
});
afterEach(() => simulator.stop());

/** A call between the two numbers that rings from now on. */
function ring(): Promise<CallSid> {
  return gateway.placeCall({
    to: PAIR.recipient,
    from: PAIR.sender,
    key: { messageId: 'msg_other', attempt: 1, step: 1 },
    instructions: { kind: 'inline', twiml: '<Response><Pause length="60"/></Response>' },
    ringTimeoutSeconds: 600,
    timeLimitSeconds: 600,
    detectMachine: 'no',
  });
}

const leftSince = (ageMs: number, number = 1): CallLeft => ({
  number,
  recipient: PAIR.recipient,
  sender: PAIR.sender,
  openCreate: { createId: `create-${number}`, ageMs },
});

/** Ends the lost calls of a message that left these; others have the calls that are `held`. */
async function endLost(left: CallLeft[], held: readonly CallSid[] = []) {
  const placed: PlacedCall[] = [];
  const activity = createEndLostCalls({
    calls: {
      leftBy: () => Promise.resolve(left),
      heldByOthers: () => Promise.resolve([...held]),
      recordPlaced: (_, __, call) => {
        placed.push(call);
        return Promise.resolve();
      },
    },
    voice: { gateway },
    lookUpDelaysMs: [0],
    requestTimeoutMs: 10_000,
  });
  const news = await new MockActivityEnvironment().run<[EndLostCallsInput], CallNews[], typeof activity>(activity, {
    messageId: 'msg_1',
    attempts: left.map(({ number }) => number),
  });
  return { news, placed };
}

const statusOf = async (callSid: CallSid): Promise<string> => (await gateway.fetchCall(callSid)).status;

test('a call from the time of the create is ended, and noted with its attempt', async () => {
  const callSid = await ring();
  const { news, placed } = await endLost([leftSince(20_000)]);
  expect(placed).toEqual([{ callSid }]);
  expect(news).toMatchObject([{ attempt: 1, event: { callSid, status: 'canceled' } }]);
});

test.each([
  ['hours', 4 * HOUR_MS],
  ['two minutes', 2 * 60_000],
])('a call that somebody placed %s after the create goes on', async (_, ageMs) => {
  const callSid = await ring();
  await expect(endLost([leftSince(ageMs)])).resolves.toEqual({ news: [], placed: [] });
  await expect(statusOf(callSid)).resolves.not.toBe('canceled');
});

test('a call that another attempt has goes on', async () => {
  const [theirs, ours] = [await ring(), await ring()];
  const { placed } = await endLost([leftSince(20_000)], [theirs]);
  expect(placed).toEqual([{ callSid: ours }]);
  await expect(statusOf(theirs)).resolves.not.toBe('canceled');
});
