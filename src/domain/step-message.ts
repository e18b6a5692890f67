import { type KeyAnswer } from './call-event';
import { type CallSpeech } from './call-speech';
import { CALL_CHANNEL, CONVERSATION_CHANNEL, type MessageChannel } from './channel';
import { type Duration } from './duration';
import { stepOfWantedPerson } from './next-step';
import { type CallAcknowledgement, DEFAULT_VOICE_STEP, type HumanStep, type Policy, type VoiceStep } from './policy';
import { type MessageContent, type SendRequest } from './send-request';
import { type ConversationSid } from './sid';

/** What one step of the ladder sends, with all that it leaves out taken from the request. */
export interface StepMessage {
  readonly channel: MessageChannel;
  readonly to: string;
  /** Absent: the configured sender of the channel. */
  readonly from?: string;
  readonly content: MessageContent;
  readonly deliveryTimeout: Duration;
}

/** The call that one step of the ladder makes, with all that it leaves out taken from the request. */
export interface StepCall {
  readonly channel: typeof CALL_CHANNEL;
  readonly to: string;
  /** Absent: the configured sender of calls. */
  readonly from?: string;
  readonly speech: CallSpeech;
  /** What is left on a machine. */
  readonly voicemail?: string;
  /** Whom key 9 puts through to. */
  readonly connectTo?: string;
  /** What the menu offers, after the text. */
  readonly offered: readonly KeyAnswer[];
  readonly acknowledge: CallAcknowledgement;
  readonly ringTimeout: Duration;
}

/** What the first step of a message into a conversation sends. */
export interface ConversationStep {
  readonly channel: typeof CONVERSATION_CHANNEL;
  readonly conversationSid: ConversationSid;
  readonly content: MessageContent;
  readonly deliveryTimeout: Duration;
}

/**
 * The step of a request's ladder: 0 is the request itself, n its n-th escalation step.
 * The request's sender serves only steps on its own channel, since a number is rarely a sender on both.
 * @throws RangeError when the ladder has no such step, or the step has no recipient: those of a conversation are its children's.
 */
export function stepAt(request: SendRequest, step: number): StepMessage | StepCall | HumanStep | ConversationStep {
  const { channel, to, from, content, policy } = request;
  if (step === 0) {
    if (channel === CONVERSATION_CHANNEL) {
      return { channel, conversationSid: request.conversationSid, content, deliveryTimeout: policy.deliveryTimeout };
    }
    return { channel, to, ...(from === undefined ? {} : { from }), content, deliveryTimeout: policy.deliveryTimeout };
  }
  const escalation = policy.escalation[step - 1];
  if (escalation === undefined) {
    throw new RangeError(`the policy has no step ${step}: it has ${policy.escalation.length} escalation steps`);
  }
  if (escalation.channel === 'human') {
    return escalation;
  }
  if (escalation.channel === CALL_CHANNEL) {
    return stepCall(request, escalation, step);
  }
  const sender = escalation.from ?? (escalation.channel === channel ? from : undefined);
  const recipient = recipientOf(request, escalation, step);
  return {
    channel: escalation.channel,
    to: recipient,
    ...(sender === undefined ? {} : { from: sender }),
    content: escalation.content ?? content,
    deliveryTimeout: escalation.deliveryTimeout ?? policy.deliveryTimeout,
  };
}

function stepCall(request: SendRequest, voice: VoiceStep, step: number): StepCall {
  const { acknowledge, channel, connectTo, from, language, ringTimeout, say, voicemail } = voice;
  const repeat = voice.repeat ?? DEFAULT_VOICE_STEP.repeat;
  return {
    channel,
    to: recipientOf(request, voice, step),
    ...(from === undefined ? {} : { from }),
    speech: { text: say ?? request.content.body ?? '', language, repeat },
    ...(voicemail === undefined ? {} : { voicemail }),
    ...(connectTo === undefined ? {} : { connectTo }),
    offered: offeredBy(request.policy, voice, step),
    acknowledge,
    ringTimeout,
  };
}

/** Whoever is called can always refuse further calls; nobody is promised a person whom neither step nor ladder has. */
function offeredBy(policy: Policy, { acknowledge, connectTo }: VoiceStep, step: number): KeyAnswer[] {
  const hasPerson = connectTo !== undefined || stepOfWantedPerson(policy, step) !== undefined;
  return [
    ...(acknowledge === 'keypress' ? (['acknowledge'] as const) : []),
    'opt_out',
    ...(hasPerson ? (['person'] as const) : []),
  ];
}

function recipientOf(
  { to: requested }: SendRequest,
  { to = requested }: { readonly to?: string },
  step: number,
): string {
  if (to === undefined) {
    throw new RangeError(
      `step ${step} has no recipient: each participant that was not reached has a message of its own`,
    );
  }
  return to;
}
