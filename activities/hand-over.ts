import { ApplicationFailure } from '@temporalio/common';
import { type AttemptGrant, type MessageStore, type NewAttempt, type NewMessage } from '../src/database/message-store';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type MessageContent } from '../src/domain/send-request';
import { type MessageSid } from '../src/domain/sid';
import { type OptOutMarker } from '../src/inbox/opt-out-marker';
import { type AttemptKey, type OpenConversation, type TwilioGateway } from '../src/twilio/gateway';
import { TwilioError } from '../src/twilio/twilio-error';
import { lookForMessage } from './look-for-message';
import { CONVERSATION_CLOSED, CONVERSATION_GONE_CODES, isRefusedWith } from '../src/twilio/error-codes';
import { type SendResult } from './send-message';
import { toRefusal } from './to-refusal';

export interface HandOverDependencies {
  readonly gateway: TwilioGateway;
  readonly messages: Pick<MessageStore, 'beginAttempt' | 'recordCreated'>;
  readonly markOptOut: OptOutMarker;
  readonly optOutCodes: readonly OptOutCode[];
  /** Pauses before each look for the message of an earlier try; Twilio's list may lag behind a create. */
  readonly lookUpDelaysMs: readonly number[];
}

/** What is proved so far, for the case that this try fails. */
export interface Trail {
  mayBeAtTwilio: boolean;
  /**
   * No create is begun after this moment, milliseconds since 1970: Temporal may start the next try soon after,
   * which would look for a message that is not there yet, and send it again.
   */
  readonly lastCreateAt: number;
}

export interface Handover {
  readonly message: NewMessage;
  readonly attempt: NewAttempt;
  readonly content: MessageContent;
}

const HELD_BACK: SendResult = { kind: 'opted_out', reason: 'the recipient has opted out, so nothing was sent' };

/** Refusals that say that the conversation can take no message any more. */
const GONE_CODES: ReadonlySet<number> = new Set([CONVERSATION_CLOSED, ...CONVERSATION_GONE_CODES]);

/** Opt-out check, conversation, message, SID stored: the road of one attempt, fit to be walked again after any crash. */
export async function handOver(deps: HandOverDependencies, handover: Handover, trail: Trail): Promise<SendResult> {
  const grant = await deps.messages.beginAttempt(handover.message, handover.attempt);
  trail.mayBeAtTwilio = grant.isRepeated;
  if (grant.isClosed === true) {
    throw ApplicationFailure.nonRetryable(
      'the message has its outcome already; nothing more is sent for it',
      'MessageClosed',
    );
  }
  const earlier = await findEarlier(deps, handover, grant);
  if (earlier !== undefined) {
    return await store(deps, handover, earlier.conversation, earlier.messageSid);
  }
  trail.mayBeAtTwilio = false;
  try {
    return await post(deps, handover, trail, grant);
  } catch (error) {
    return await refusalOf(deps, handover, error);
  }
}

/** The message that an earlier try of this attempt left at Twilio, if it did. */
async function findEarlier(
  { gateway, lookUpDelaysMs }: HandOverDependencies,
  handover: Handover,
  { conversation, isRepeated, messageSid, startedAt }: AttemptGrant,
): Promise<{ conversation: OpenConversation; messageSid: MessageSid } | undefined> {
  if (!isRepeated || conversation === undefined) {
    return undefined;
  }
  const look = { conversationSid: conversation.conversationSid, key: keyOf(handover), notBefore: new Date(startedAt) };
  const found = messageSid ?? (await lookForMessage(gateway, look, lookUpDelaysMs));
  return found === undefined ? undefined : { conversation, messageSid: found };
}

/** Posts into the conversation that the pair has, or into another one when there is none or it is gone. */
async function post(
  deps: HandOverDependencies,
  handover: Handover,
  trail: Trail,
  { conversation, optOut }: AttemptGrant,
): Promise<SendResult> {
  if (optOut !== undefined) {
    return HELD_BACK;
  }
  if (conversation === undefined) {
    return await postToOpened(deps, handover, trail);
  }
  try {
    return await create(deps, handover, trail, conversation);
  } catch (error) {
    if (isRefusedWith(error, GONE_CODES)) {
      return await postToOpened(deps, handover, trail, conversation);
    }
    throw error;
  }
}

/** Finds or makes the conversation, asks the ledger again, and posts. */
async function postToOpened(
  deps: HandOverDependencies,
  handover: Handover,
  trail: Trail,
  gone?: OpenConversation,
): Promise<SendResult> {
  const { attempt, message } = handover;
  const { channel, recipient, sender } = attempt;
  const conversation = await deps.gateway.openConversation({ channel, recipient, sender }, gone?.conversationSid);
  const { optOut } = await deps.messages.beginAttempt(message, attempt, conversation);
  return optOut === undefined ? await create(deps, handover, trail, conversation) : HELD_BACK;
}

async function create(
  deps: HandOverDependencies,
  handover: Handover,
  trail: Trail,
  conversation: OpenConversation,
): Promise<SendResult> {
  if (Date.now() > trail.lastCreateAt) {
    throw new Error('this try took too long to post the message safely; the next one will');
  }
  trail.mayBeAtTwilio = true;
  try {
    const messageSid = await deps.gateway.createMessage(
      conversation.conversationSid,
      keyOf(handover),
      handover.content,
    );
    return await store(deps, handover, conversation, messageSid);
  } catch (error) {
    trail.mayBeAtTwilio = !(error instanceof TwilioError) || error.fault === 'ambiguous';
    throw error;
  }
}

/** A refusal ends the attempt, unless it concerns this moment only: then the try fails, and Temporal repeats it. */
async function refusalOf(
  { markOptOut, optOutCodes }: HandOverDependencies,
  { attempt, message }: Handover,
  error: unknown,
): Promise<SendResult> {
  const refusal = error instanceof TwilioError && error.fault === 'refused' ? toRefusal(error, optOutCodes) : undefined;
  if (refusal === undefined || refusal.errorClass === 'retry' || refusal.errorClass === 'limit') {
    throw error;
  }
  const subject = `attempt ${attempt.number} of ${message.messageId}`;
  await markOptOut({ ...refusal, subject, at: new Date().toISOString() }, attempt);
  return refusal;
}

async function store(
  { markOptOut, messages, optOutCodes }: HandOverDependencies,
  { message, attempt }: Handover,
  conversation: OpenConversation,
  messageSid: MessageSid,
): Promise<SendResult> {
  const events = await messages.recordCreated(message.messageId, attempt.number, { ...conversation, messageSid });
  for (const event of events) {
    await markOptOut({ ...event, subject: event.messageSid }, attempt);
  }
  return { kind: 'handed_over', ...conversation, messageSid, events, optOutCodes };
}

function keyOf({ message, attempt }: Handover): AttemptKey {
  return { messageId: message.messageId, attempt: attempt.number };
}
