import { ApplicationFailure } from '@temporalio/common';
import { type AttemptGrant, type MessageStore, type NewAttempt, type NewMessage } from '../src/database/message-store';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type MessageContent } from '../src/domain/send-request';
import { type MessageSid } from '../src/domain/sid';
import { type OptOutMarker } from '../src/inbox/opt-out-marker';
import { type AddressPair, type AttemptKey, type OpenConversation, type TwilioGateway } from '../src/twilio/gateway';
import { TwilioError } from '../src/twilio/twilio-error';
import { lookForMessage } from './look-for-message';
import { CONVERSATION_CLOSED, CONVERSATION_GONE_CODES } from '../src/twilio/error-codes';
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

/** Opt-out check, conversation, message, SID stored: the road of one attempt, fit to be walked again after any crash. */
export async function handOver(deps: HandOverDependencies, handover: Handover, trail: Trail): Promise<SendResult> {
  const { attempt, message } = handover;
  const grant = await deps.messages.beginAttempt(message, attempt);
  trail.mayBeAtTwilio = grant.isRepeated;
  if (grant.isClosed === true) {
    throw ApplicationFailure.nonRetryable('the message has its outcome already; nothing more is sent for it', 'MessageClosed');
  }
  const earlier = await findEarlier(deps, handover, grant);
  if (earlier !== undefined) {
    return await store(deps, handover, earlier.conversation, earlier.messageSid);
  }
  trail.mayBeAtTwilio = false;
  if (grant.optOut !== undefined) {
    return heldBack();
  }
  return grant.conversation === undefined
    ? await postToOpened(deps, handover, trail)
    : await post(deps, handover, trail, grant.conversation);
}

/** The message that an earlier try of this attempt left at Twilio, if it did. */
async function findEarlier(
  { gateway, lookUpDelaysMs }: HandOverDependencies,
  handover: Handover,
  { conversation, isRepeated, messageSid }: AttemptGrant,
): Promise<{ conversation: OpenConversation; messageSid: MessageSid } | undefined> {
  if (!isRepeated || conversation === undefined) {
    return undefined;
  }
  const found =
    messageSid ?? (await lookForMessage(gateway, conversation.conversationSid, keyOf(handover), lookUpDelaysMs));
  return found === undefined ? undefined : { conversation, messageSid: found };
}

/** Finds or makes the conversation, asks the ledger again, and posts. */
async function postToOpened(
  deps: HandOverDependencies,
  handover: Handover,
  trail: Trail,
  gone?: OpenConversation,
): Promise<SendResult> {
  const conversation = await deps.gateway.openConversation(pairOf(handover), gone?.conversationSid);
  const grant = await deps.messages.beginAttempt(handover.message, handover.attempt, conversation);
  return grant.optOut === undefined ? await post(deps, handover, trail, conversation, gone !== undefined) : heldBack();
}

async function post(
  deps: HandOverDependencies,
  handover: Handover,
  trail: Trail,
  conversation: OpenConversation,
  isReopened = false,
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
    if (!(error instanceof TwilioError) || error.fault === 'ambiguous') {
      throw error;
    }
    trail.mayBeAtTwilio = false;
    if (conversationIsGone(error) && !isReopened) {
      return await postToOpened(deps, handover, trail, conversation);
    }
    return await refused(deps, handover, error);
  }
}

/** A refusal ends the attempt, unless it concerns this moment only: then the try fails and Temporal repeats it. */
async function refused(
  deps: HandOverDependencies,
  { attempt, message }: Handover,
  error: TwilioError,
): Promise<SendResult> {
  const refusal = toRefusal(error, deps.optOutCodes);
  if (error.fault !== 'refused' || refusal.errorClass === 'retry' || refusal.errorClass === 'limit') {
    throw error;
  }
  const subject = `attempt ${attempt.number} of ${message.messageId}`;
  await deps.markOptOut({ ...refusal, subject, at: new Date().toISOString() }, attempt);
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

function heldBack(): SendResult {
  return { kind: 'opted_out', reason: 'The recipient has opted out; nothing was sent.' };
}

function keyOf({ message, attempt }: Handover): AttemptKey {
  return { messageId: message.messageId, attempt: attempt.number };
}

function pairOf({ attempt }: Handover): AddressPair {
  return { channel: attempt.channel, sender: attempt.sender, recipient: attempt.recipient };
}

function conversationIsGone({ code }: TwilioError): boolean {
  return code !== undefined && (code === CONVERSATION_CLOSED || CONVERSATION_GONE_CODES.has(code));
}
