import { type z } from 'zod';
import { parseAddress } from '../domain/address';
import { CALL_CHANNEL } from '../domain/channel';
import { type PartialPolicy } from '../domain/complete-policy';
import { DEFAULT_ACKNOWLEDGE_TIMEOUT, DEFAULT_VOICE_STEP, type EscalationStep, type VoiceStep } from '../domain/policy';
import { toContent } from './content-fields';
import { toOnCall } from './on-call-schema';
import { type policySchema } from './policy-schema';
import { toWhen } from './when-field';

type PolicyFields = z.output<typeof policySchema>;
type StepFields = NonNullable<PolicyFields['escalation']>[number];

/** A valid policy from outside in the form of the domain. */
export function toPartialPolicy(fields: PolicyFields): PartialPolicy {
  const { escalation, ...rest } = fields;
  return { ...rest, ...(escalation === undefined ? {} : { escalation: escalation.map(toStep) }) };
}

function toStep(fields: StepFields): EscalationStep {
  if (fields.channel === 'human') {
    const { channel, queue, acknowledgeTimeout, callbackUrl, onCall } = fields;
    return {
      channel,
      queue,
      ...toWhen(fields.when),
      acknowledgeTimeout: acknowledgeTimeout ?? DEFAULT_ACKNOWLEDGE_TIMEOUT,
      ...(callbackUrl === undefined ? {} : { callbackUrl }),
      ...(onCall === undefined ? {} : { onCall: toOnCall(onCall) }),
    };
  }
  if (fields.channel === CALL_CHANNEL) {
    return toVoiceStep(fields);
  }
  const { channel, to, from, deliveryTimeout, maxAttempts, stepTimeout, when } = fields;
  const content = toContent(fields);
  return {
    channel,
    ...(to === undefined ? {} : { to: parseAddress(to).e164 }),
    ...(from === undefined ? {} : { from: parseAddress(from).e164 }),
    ...(content === undefined ? {} : { content }),
    ...toWhen(when),
    ...(deliveryTimeout === undefined ? {} : { deliveryTimeout }),
    ...(stepTimeout === undefined ? {} : { stepTimeout }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
}

function toVoiceStep(fields: Extract<StepFields, { channel: typeof CALL_CHANNEL }>): VoiceStep {
  const { acknowledge, channel, connectTo, from, language, maxAttempts, ringTimeout, say, to, voicemail } = fields;
  const { repeat, stepTimeout, when } = fields;
  return {
    channel,
    ...(to === undefined ? {} : { to: parseAddress(to).e164 }),
    ...(from === undefined ? {} : { from: parseAddress(from).e164 }),
    ...(say === undefined ? {} : { say }),
    ...(repeat === undefined ? {} : { repeat }),
    ...(voicemail === undefined ? {} : { voicemail }),
    ...(connectTo === undefined ? {} : { connectTo: parseAddress(connectTo).e164 }),
    language: language ?? DEFAULT_VOICE_STEP.language,
    acknowledge: acknowledge ?? DEFAULT_VOICE_STEP.acknowledge,
    ringTimeout: ringTimeout ?? DEFAULT_VOICE_STEP.ringTimeout,
    ...toWhen(when),
    ...(stepTimeout === undefined ? {} : { stepTimeout }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
}
