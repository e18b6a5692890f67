import { ApplicationFailure } from '@temporalio/common';
import { type WorkflowHandle } from '@temporalio/client';
import { type PlaceResult } from '../../activities/place-call';
import { type CallEvent } from '../../src/domain/call-event';
import { DEFAULT_VOICE_STEP, type EscalationStep, type VoiceStep } from '../../src/domain/policy';
import { type deliverMessage } from '../../workflows';
import {
  callEventSignal,
  type DeliverMessageInput,
  deliveryEventSignal,
  SEND_FAILURES,
} from '../../workflows/contract';
import { until } from '../support/until';
import { buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver, receipt } from './support/scripted-activities';
import { answererOf, type CallScript, dialledOf, keyOf, placed, statusOf } from './support/scripted-calls';

let harness: DeliveryHarness;
beforeAll(async () => {
  // Every step is replayed from history, as when another worker goes on with it.
  harness = await startDeliveryHarness({ maxCachedWorkflows: 0 });
});
afterAll(() => harness.stop());

/** Long enough for a call to be placed before, on a machine that is busy. */
const WORTH_MS = 10_000;

const HUMAN: EscalationStep = { channel: 'human', queue: 'desk', acknowledgeTimeout: '1h' };

function voice(step: Partial<VoiceStep> = {}): VoiceStep {
  return { channel: 'voice', ...DEFAULT_VOICE_STEP, maxAttempts: 1, ...step };
}

interface Story {
  readonly input: DeliverMessageInput;
  readonly handle: WorkflowHandle<typeof deliverMessage>;
  readonly sms: ReturnType<typeof handedOver>;
  readonly call: Extract<PlaceResult, { kind: 'placed' }>;
  /** Tells of the call, which is the second attempt. */
  tell(...events: readonly CallEvent[]): Promise<void>;
}

/** A message that nobody hears back from, and then a call that is placed and followed. */
async function ring(step: Partial<VoiceStep>, calls: CallScript = {}, ...after: EscalationStep[]): Promise<Story> {
  const policy = { deliveryTimeout: '50ms', escalation: [voice(step), ...after] } as const;
  return await follow(buildInput({ policy }), calls);
}

async function follow(input: DeliverMessageInput, calls: CallScript): Promise<Story> {
  const [sms, call] = [handedOver(), placed()];
  const script = { send: () => sms, poll: () => [], calls: { place: () => call, ...calls } };
  const handle = await harness.start(input, script);
  // The note is what follows once the call is known.
  await until('the note', () => harness.callsOf(input.messageId).noteCall.length === 1);
  return {
    input,
    handle,
    sms,
    call,
    tell: async (...events) => {
      for (const event of events) {
        await handle.signal(callEventSignal, { attempt: 2, event });
      }
    },
  };
}

const asked = ({ input }: Story) => harness.callsOf(input.messageId);

test('a busy line is tried again, as often as the step says, and each try is a call of its own', async () => {
  const input = buildInput({ policy: { deliveryTimeout: '50ms', escalation: [voice({ maxAttempts: 3 })] } });
  const made: Extract<PlaceResult, { kind: 'placed' }>[] = [];
  const place = (): PlaceResult => {
    const call = placed();
    made.push(call);
    return call;
  };
  const handle = await harness.start(input, { send: () => handedOver(), poll: () => [], calls: { place } });
  for (const attempt of [2, 3, 4]) {
    const { callSid } = await until(`call ${attempt}`, () => made[attempt - 2]);
    await handle.signal(callEventSignal, { attempt, event: statusOf(callSid, 'busy') });
  }
  await expect(handle.result()).resolves.toMatchObject({
    kind: 'undeliverable',
    attempt: 4,
    reason: 'the line was busy',
  });
  expect(made).toHaveLength(3);
});

test('a key acknowledges, whatever comes before it and after', async () => {
  const story = await ring({ acknowledge: 'keypress' });
  const { callSid } = story.call;
  await story.tell(statusOf(callSid, 'completed'), keyOf(callSid, 'acknowledge'), statusOf(callSid, 'ringing'));
  await expect(story.handle.result()).resolves.toMatchObject({ kind: 'acknowledged', channel: 'voice', attempt: 2 });
  expect(asked(story).endCall).toEqual([]);
});

test('a receipt while the phone rings ends the call', async () => {
  const story = await ring({});
  await story.handle.signal(deliveryEventSignal, receipt(story.sms.messageSid, 'delivered'));
  await expect(story.handle.result()).resolves.toMatchObject({ kind: 'delivered', channel: 'sms', attempt: 1 });
  expect(asked(story).endCall).toEqual([{ callSid: story.call.callSid }]);
});

test('the call is noted with its participant; that it fails for good changes nothing', async () => {
  const note = () => Promise.reject(ApplicationFailure.nonRetryable('Twilio is away'));
  const story = await ring({}, { note });
  const { callSid, conversation } = story.call;
  await story.tell(statusOf(callSid, 'completed', 'human'));
  await expect(story.handle.result()).resolves.toMatchObject({ kind: 'delivered', channel: 'voice' });
  const { messageId } = story.input;
  expect(asked(story).noteCall).toEqual([{ ...conversation, callSid, messageId, attempt: 2 }]);
});

describe('a machine', () => {
  test('without a message for it: the call is ended at once', async () => {
    const story = await ring({});
    await story.tell(answererOf(story.call.callSid, 'machine_start'));
    await expect(story.handle.result()).resolves.toMatchObject({ kind: 'undeliverable' });
    expect(asked(story).endCall).toHaveLength(1);
    expect(asked(story).leaveVoicemail).toEqual([]);
  });

  test('with one: it is left, the call is not cut off, and nobody counts as reached', async () => {
    const story = await ring({ voicemail: 'Call us back.' }, { leaveVoicemail: () => true });
    const { callSid } = story.call;
    await story.tell(statusOf(callSid, 'in-progress'), answererOf(callSid, 'machine_end_beep'));
    await until('the message', () => asked(story).leaveVoicemail.length === 1);
    expect(asked(story).endCall).toEqual([]);
    await story.tell(statusOf(callSid, 'completed'));
    await expect(story.handle.result()).resolves.toMatchObject({
      kind: 'unconfirmed',
      reason: 'a machine took the call, and a message was left on it',
    });
    expect(asked(story).leaveVoicemail).toMatchObject([{ callSid, voicemail: 'Call us back.' }]);
    expect(asked(story).endCall).toEqual([]);
  });

  test('whose answer to the message is lost: the message is asked for once, the call is not cut off, and nobody is sure', async () => {
    const unknown = { type: SEND_FAILURES.unknown, message: 'reset' };
    const leaveVoicemail = () => Promise.reject(ApplicationFailure.create(unknown));
    const story = await ring({ voicemail: 'Call us back.' }, { leaveVoicemail });
    const { callSid } = story.call;
    await story.tell(statusOf(callSid, 'in-progress'), answererOf(callSid, 'machine_end_beep'));
    await until('the message', () => asked(story).leaveVoicemail.length === 1);
    await story.tell(statusOf(callSid, 'completed'));
    await expect(story.handle.result()).resolves.toMatchObject({
      kind: 'unconfirmed',
      reason: 'a machine took the call, and a message may have been left on it',
    });
    expect(asked(story).leaveVoicemail).toHaveLength(1);
    expect(asked(story).endCall).toEqual([]);
  });

  test('that is being asked to hear the message when it is canceled: the request is called off, and the call is ended', async () => {
    let cancel = (): Promise<void> => Promise.reject(new Error('too early'));
    const leaveVoicemail = async (): Promise<boolean> => {
      await cancel();
      return true;
    };
    const story = await ring({ voicemail: 'Call us back.' }, { leaveVoicemail }, HUMAN);
    cancel = async () => {
      await story.handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
    };
    await story.tell(answererOf(story.call.callSid, 'machine_end_beep'));
    await expect(story.handle.result()).resolves.toMatchObject({ kind: 'canceled' });
    const { events = [] } = await story.handle.fetchHistory();
    expect(events?.filter((event) => event.activityTaskCancelRequestedEventAttributes)).toHaveLength(1);
    expect(asked(story).endCall).toHaveLength(1);
  });

  test.each([
    ['that hangs up before the message', () => false],
    [
      'that cannot be spoken to',
      () => Promise.reject(ApplicationFailure.create({ type: SEND_FAILURES.notHandedOver, message: 'no' })),
    ],
  ])('%s: the call ends as without one', async (_, leaveVoicemail) => {
    const end: CallScript['end'] = (callSid) => statusOf(callSid, 'completed');
    const story = await ring({ voicemail: 'Call us back.' }, { leaveVoicemail, end, poll: end });
    await story.tell(answererOf(story.call.callSid, 'machine_end_silence'));
    await expect(story.handle.result()).resolves.toMatchObject({
      kind: 'unconfirmed',
      reason: 'a machine took the call',
    });
    expect(asked(story).endCall).toHaveLength(1);
  });

  test('a fax hears nothing', async () => {
    const story = await ring({ voicemail: 'Call us back.' });
    await story.tell(answererOf(story.call.callSid, 'fax'));
    await story.handle.result();
    expect(asked(story).leaveVoicemail).toEqual([]);
  });
});

describe('key 9 with a number', () => {
  const STEP = { connectTo: '+12025550109' };

  test('acknowledges when they have spoken', async () => {
    const story = await ring(STEP, {}, HUMAN);
    const { callSid } = story.call;
    await story.tell(statusOf(callSid, 'in-progress'), keyOf(callSid, 'person'), dialledOf(callSid, true));
    await expect(story.handle.result()).resolves.toMatchObject({
      kind: 'acknowledged',
      channel: 'voice',
      attempt: 2,
      reason: 'whoever took the call was put through to a person',
    });
    expect(asked(story).openTask).toEqual([]);
    expect(asked(story).endCall).toEqual([]);
  });

  test('leads to the human step when nobody takes it, also when the end of the call is told first', async () => {
    const story = await ring(STEP, {}, HUMAN);
    const { callSid } = story.call;
    await story.tell(statusOf(callSid, 'in-progress'), keyOf(callSid, 'person'));
    await story.tell(statusOf(callSid, 'completed'), dialledOf(callSid, false));
    await until('the task', () => asked(story).openTask.length === 1);
    await story.handle.executeUpdate('acknowledge', { args: [{ by: 'Ann' }] });
    await expect(story.handle.result()).resolves.toMatchObject({ kind: 'acknowledged', channel: 'human' });
    expect(asked(story).endCall).toEqual([]);
  });

  test('a receipt does not cut off two people who speak', async () => {
    const story = await ring(STEP, {}, HUMAN);
    const { callSid } = story.call;
    await story.tell(statusOf(callSid, 'in-progress'), keyOf(callSid, 'person'));
    await story.handle.signal(deliveryEventSignal, receipt(story.sms.messageSid, 'delivered'));
    await expect(story.handle.result()).resolves.toMatchObject({ kind: 'delivered', channel: 'sms' });
    expect(asked(story).endCall).toEqual([]);
  });
});

test('the end of the message’s time cuts nobody off who was put through, and asks nothing', async () => {
  const expiresAt = new Date(Date.now() + WORTH_MS).toISOString();
  const escalation = [voice({ connectTo: '+12025550109' }), HUMAN];
  const story = await follow(buildInput({ expiresAt, policy: { deliveryTimeout: '50ms', escalation } }), {});
  const { callSid } = story.call;
  await story.tell(statusOf(callSid, 'in-progress'), keyOf(callSid, 'person'));
  await until('the end of its time', () => Date.now() > Date.parse(expiresAt) + 500, 2 * WORTH_MS);
  await story.tell(dialledOf(callSid, true));
  await expect(story.handle.result()).resolves.toMatchObject({
    kind: 'acknowledged',
    reason: 'whoever took the call was put through to a person',
  });
  expect(asked(story).pollCall).toEqual([]);
  expect(asked(story).endCall).toEqual([]);
});

describe('a key that refuses calls', () => {
  const AT = '2026-01-01T00:00:00.000Z';

  test('is in the ledger before the message ends, also when its call is long over', async () => {
    const story = await ring({}, {}, HUMAN);
    const { callSid } = story.call;
    await story.tell(statusOf(callSid, 'busy'));
    await until('the task', () => asked(story).openTask.length === 1);
    await story.tell(keyOf(callSid, 'opt_out'));
    await expect(story.handle.result()).resolves.toMatchObject({ kind: 'opted_out' });
    expect(asked(story).recordCallOptOut).toEqual([{ recipient: '+12025550123', callSid, at: AT }]);
  });

  test('is in the ledger when the call was never followed', async () => {
    const { callSid } = placed();
    const place = (): Promise<PlaceResult> =>
      Promise.reject(ApplicationFailure.create({ type: SEND_FAILURES.unknown, message: 'reset', nonRetryable: true }));
    const input = buildInput({ policy: { deliveryTimeout: '50ms', escalation: [voice(), HUMAN] } });
    const handle = await harness.start(input, { send: () => handedOver(), poll: () => [], calls: { place } });
    await until('the task', () => harness.callsOf(input.messageId).openTask.length === 1);
    await handle.signal(callEventSignal, { attempt: 2, event: keyOf(callSid, 'opt_out') });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'opted_out' });
    const ofNoScript = harness.callsOf('').recordCallOptOut.filter((refused) => refused.callSid === callSid);
    expect(ofNoScript).toEqual([{ recipient: '+12025550123', callSid, at: AT }]);
  });
});

describe('a create that was never answered', () => {
  const lost = (): Promise<PlaceResult> =>
    Promise.reject(ApplicationFailure.create({ type: SEND_FAILURES.unknown, message: 'reset', nonRetryable: true }));

  async function lose(calls: CallScript, ...after: EscalationStep[]) {
    const sms = handedOver();
    const input = buildInput({ policy: { deliveryTimeout: '50ms', escalation: [voice(), ...after] } });
    const script = { send: () => sms, poll: () => [], calls: { place: lost, ...calls } };
    return { input, sms, handle: await harness.start(input, script) };
  }

  test('is looked for once more when the message ends, and ended', async () => {
    const { handle, input, sms } = await lose({}, HUMAN);
    const calls = harness.callsOf(input.messageId);
    await until('the task', () => calls.openTask.length === 1);
    expect(calls.endLostCalls).toEqual([]);
    await handle.signal(deliveryEventSignal, receipt(sms.messageSid, 'delivered'));
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', channel: 'sms' });
    expect(calls.endLostCalls).toEqual([{ messageId: input.messageId, attempts: [2] }]);
    expect(calls.placeCall).toHaveLength(1);
  });

  test('ends the message as what its call proves', async () => {
    const { callSid } = placed();
    const event = statusOf(callSid, 'completed', 'human');
    const { handle } = await lose({ endLost: () => [{ attempt: 2, event }] });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', channel: 'voice', attempt: 2 });
  });

  test('leaves the message ambiguous when nothing is found, or Twilio cannot be asked', async () => {
    const absent = await lose({});
    await expect(absent.handle.result()).resolves.toMatchObject({ kind: 'ambiguous' });
    const away = await lose({ endLost: () => Promise.reject(ApplicationFailure.nonRetryable('Twilio is away')) });
    await expect(away.handle.result()).resolves.toMatchObject({ kind: 'ambiguous' });
  });

  test.each([
    ['nothing is found', () => []],
    ['Twilio cannot be asked', () => Promise.reject(ApplicationFailure.nonRetryable('Twilio is away'))],
  ])('what is heard while it is looked for counts, although %s', async (_, found) => {
    const told = new Map<string, () => Promise<void>>();
    const endLost: CallScript['endLost'] = async ({ messageId }) => {
      await (
        await until('the start', () => told.get(messageId))
      )();
      return await found();
    };
    const receipted = await lose({ endLost });
    told.set(receipted.input.messageId, () =>
      receipted.handle.signal(deliveryEventSignal, receipt(receipted.sms.messageSid, 'delivered')),
    );
    await expect(receipted.handle.result()).resolves.toMatchObject({ kind: 'delivered', channel: 'sms', attempt: 1 });
    const canceled = await lose({ endLost });
    told.set(canceled.input.messageId, async () => {
      await canceled.handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
    });
    await expect(canceled.handle.result()).resolves.toMatchObject({ kind: 'canceled' });
  });

  test('is not looked for when a callback has told how its call ended', async () => {
    const { handle, input } = await lose({}, HUMAN);
    const calls = harness.callsOf(input.messageId);
    await until('the task', () => calls.openTask.length === 1);
    const { callSid } = placed();
    await handle.signal(callEventSignal, { attempt: 2, event: statusOf(callSid, 'no-answer') });
    await handle.executeUpdate('acknowledge', { args: [{ by: 'Ann' }] });
    await handle.result();
    expect(calls.endLostCalls).toEqual([]);
  });
});

test('a call that was refused leaves nothing to look for', async () => {
  const place = (): PlaceResult => ({ kind: 'refused', errorClass: 'config', errorCode: 21215, reason: 'geo' });
  const input = buildInput({ policy: { deliveryTimeout: '50ms', escalation: [voice()] } });
  const handle = await harness.start(input, { send: () => handedOver(), poll: () => [], calls: { place } });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'failed', errorCode: 21215 });
  expect(harness.callsOf(input.messageId).endLostCalls).toEqual([]);
});
