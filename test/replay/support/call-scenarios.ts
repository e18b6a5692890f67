import { ApplicationFailure } from '@temporalio/common';
import { type CallEvent } from '../../../src/domain/call-event';
import { DEFAULT_VOICE_STEP, type VoiceStep } from '../../../src/domain/policy';
import { type CallSid } from '../../../src/domain/sid';
import { callEventSignal, deliveryEventSignal, SEND_FAILURES } from '../../../workflows/contract';
import { until } from '../../support/until';
import { buildInput } from '../../workflow/support/build-input';
import { handedOver, receipt } from '../../workflow/support/scripted-activities';
import { answererOf, type CallScript, dialledOf, keyOf, placed, statusOf } from '../../workflow/support/scripted-calls';
import { type Scenario } from './scenarios';

interface Call {
  readonly step?: Partial<VoiceStep>;
  readonly script?: CallScript;
  /** What is told of the call once it is known. */
  readonly told?: (callSid: CallSid) => readonly CallEvent[];
}

/** A text that nobody hears back from, and then a call. */
function calling({ script = {}, step = {}, told = () => [] }: Call): Scenario {
  const call = placed();
  const voice: VoiceStep = { channel: 'voice', ...DEFAULT_VOICE_STEP, maxAttempts: 1, ...step };
  const input = buildInput({ policy: { deliveryTimeout: '50ms', escalation: [voice] } });
  return {
    input,
    script: { send: () => handedOver(), poll: () => [], calls: { place: () => call, ...script } },
    play: async (handle, harness) => {
      // The note is what follows once the call is known.
      await until('the note', () => harness.callsOf(input.messageId).noteCall.length === 1);
      for (const event of told(call.callSid)) {
        await handle.signal(callEventSignal, { attempt: 2, event });
      }
    },
  };
}

/** The roads of voice steps. */
export const CALL_SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  'call-acknowledged-by-key': () =>
    calling({ step: { acknowledge: 'keypress' }, told: (callSid) => [keyOf(callSid, 'acknowledge')] }),
  'call-busy': () => calling({ told: (callSid) => [statusOf(callSid, 'busy')] }),
  'call-refused-for-good': () => calling({ told: (callSid) => [keyOf(callSid, 'opt_out')] }),
  'call-taken-by-a-machine': () =>
    calling({
      script: {
        end: (callSid) => statusOf(callSid, 'completed'),
        poll: (callSid) => statusOf(callSid, 'completed'),
      },
      told: (callSid) => [answererOf(callSid, 'machine_start')],
    }),
  'call-with-voicemail': () =>
    calling({
      step: { voicemail: 'Call us back.' },
      script: {
        leaveVoicemail: () => true,
        end: (callSid) => statusOf(callSid, 'completed'),
        poll: (callSid) => statusOf(callSid, 'completed'),
      },
      told: (callSid) => [answererOf(callSid, 'machine_end_beep'), statusOf(callSid, 'completed')],
    }),
  'call-put-through': () =>
    calling({
      step: { connectTo: '+12025550109' },
      told: (callSid) => [statusOf(callSid, 'in-progress'), keyOf(callSid, 'person'), dialledOf(callSid, true)],
    }),
  'call-canceled-when-delivered': () => {
    const sms = handedOver();
    const scenario = calling({});
    return {
      ...scenario,
      script: { ...scenario.script, send: () => sms },
      play: async (handle, harness) => {
        await scenario.play?.(handle, harness);
        await handle.signal(deliveryEventSignal, receipt(sms.messageSid, 'delivered'));
      },
    };
  },
  'call-lost-then-ended': () => {
    const { input, script } = calling({});
    const place = (): never => {
      throw ApplicationFailure.create({ type: SEND_FAILURES.unknown, message: 'reset', nonRetryable: true });
    };
    const event = statusOf(placed().callSid, 'canceled');
    return { input, script: { ...script, calls: { place, endLost: () => [{ attempt: 2, event }] } } };
  },
};
