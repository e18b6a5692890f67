/** The channels that Twilio Conversations carries a message over. */
export const MESSAGE_CHANNELS = ['sms', 'whatsapp'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** Whether a value is the name of a message channel. */
export function isMessageChannel(value: unknown): value is MessageChannel {
  return MESSAGE_CHANNELS.some((channel) => channel === value);
}

/** A call: the channel of its attempts, and of opt-outs that concern calls alone. */
export const CALL_CHANNEL = 'voice';

/** Every channel that somebody can be reached by at a number, and opt out of. */
export const REACH_CHANNELS = [...MESSAGE_CHANNELS, CALL_CHANNEL] as const;
export type ReachChannel = (typeof REACH_CHANNELS)[number];

/** Every kind of escalation step: a message channel, a call, or a person. */
export const STEP_CHANNELS = [...REACH_CHANNELS, 'human'] as const;
export type StepChannel = (typeof STEP_CHANNELS)[number];

/** What stands for the channel of a message into a conversation: its participants may be on several. */
export const CONVERSATION_CHANNEL = 'conversation';

/** What an attempt goes by: a channel, or a conversation with several participants. */
export type AttemptChannel = ReachChannel | typeof CONVERSATION_CHANNEL;
