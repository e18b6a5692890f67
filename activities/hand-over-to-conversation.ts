import {
  type ConversationGrant,
  type ConversationPlace,
  type FanOutStore,
  type KnownParticipant,
  type NewConversationAttempt,
} from '../src/database/fan-out-store';
import { type NewMessage } from '../src/database/message-store';
import { type FanOutEnd } from '../src/domain/outcome';
import { type Participant } from '../src/domain/participant';
import { type OnOptedOutParticipant } from '../src/domain/policy';
import { type MessageContent } from '../src/domain/send-request';
import { type MessageSid } from '../src/domain/sid';
import { CONVERSATION_CLOSED, CONVERSATION_GONE_CODES, isRefusedWith } from '../src/twilio/error-codes';
import { type ConversationReader, type TwilioGateway } from '../src/twilio/gateway';
import { TwilioError } from '../src/twilio/twilio-error';
import { type HandOverDependencies, type Trail } from './handover-context';
import { LIST_LAG_MS, lookForMessage } from './look-for-message';
import { messageClosed } from './message-closed';
import { PERMIT_MS } from './permit';
import { type PostedMessage, type PostResult } from './post-to-conversation';
import { toRefusal } from './to-refusal';

export interface PostDependencies extends Omit<HandOverDependencies, 'gateway'> {
  readonly gateway: Pick<TwilioGateway, 'createMessage' | 'findMessage'> & ConversationReader;
  readonly fanOut: Pick<FanOutStore, 'begin'>;
}

/** What is to be posted. */
export interface Posting {
  readonly message: NewMessage;
  readonly attempt: NewConversationAttempt;
  readonly content: MessageContent;
  readonly onOptedOutParticipant: OnOptedOutParticipant;
}

/** The road of one attempt into a conversation, fit to be walked again after any crash: see `handOver`. */
export async function handOverToConversation(
  deps: PostDependencies,
  posting: Posting,
  trail: Trail,
): Promise<PostResult> {
  const { conversationSid } = posting.attempt;
  const grant = await begin(deps, posting, trail);
  const earlier = grant.messageSid ?? (await findEarlier(deps, posting, grant));
  if (earlier !== undefined) {
    return await store(deps, posting, grant.participants, earlier);
  }
  trail.mayBeAtTwilio = false;
  if (grant.isHeldBack === true) {
    return heldBack(grant.participants);
  }
  const conversation = await deps.gateway.readConversation(conversationSid);
  if (conversation === undefined) {
    return NOT_FOUND;
  }
  if (conversation.isClosed || conversation.participants.length === 0) {
    return conversation.isClosed ? CLOSED : EMPTY;
  }
  const { participants } = conversation;
  const { onOptedOutParticipant } = posting;
  const provedAbsent = grant.openCreate === undefined ? {} : { provedAbsent: grant.openCreate.createId };
  return await post(deps, posting, trail, { participants, onOptedOutParticipant, ...provedAbsent });
}

/** Asks the ledger about everybody who takes part, and posts unless somebody's opt-out holds the message back. */
async function post(
  deps: PostDependencies,
  posting: Posting,
  trail: Trail,
  place: ConversationPlace,
): Promise<PostResult> {
  const validUntil = Date.now() + PERMIT_MS;
  const { createId, isHeldBack, messageSid, participants } = await begin(deps, posting, trail, place);
  if (messageSid !== undefined) {
    return await store(deps, posting, participants, messageSid);
  }
  if (isHeldBack === true) {
    return heldBack(participants);
  }
  if (createId === undefined) {
    throw new Error('another try of this attempt is posting the message; the next try sees what became of it');
  }
  trail.createId = createId;
  if (Date.now() > validUntil) {
    throw new Error('this try took too long to post the message safely; the next one will');
  }
  try {
    return await store(deps, posting, participants, await create(deps, posting, trail));
  } catch (error) {
    return await refusalOf(deps, posting, trail, { error, participants });
  }
}

async function create(
  { gateway }: PostDependencies,
  { attempt, content, message }: Posting,
  trail: Trail,
): Promise<MessageSid> {
  trail.mayBeAtTwilio = true;
  try {
    const key = { messageId: message.messageId, attempt: attempt.number };
    return await gateway.createMessage(attempt.conversationSid, key, content);
  } catch (error) {
    trail.mayBeAtTwilio = !(error instanceof TwilioError) || error.fault === 'ambiguous';
    throw error;
  }
}

async function begin(
  { fanOut }: PostDependencies,
  { attempt, message }: Posting,
  trail: Trail,
  place?: ConversationPlace,
): Promise<ConversationGrant> {
  const grant = await fanOut.begin(message, attempt, place);
  trail.mayBeAtTwilio = grant.openCreate !== undefined || grant.messageSid !== undefined;
  if (grant.isClosed === true) {
    throw messageClosed();
  }
  return grant;
}

/** The message that an earlier create of this attempt left at Twilio; undefined when there was none, or it is proved that it left nothing. */
async function findEarlier(
  deps: PostDependencies,
  { attempt, message }: Posting,
  { openCreate, startedAt }: ConversationGrant,
): Promise<MessageSid | undefined> {
  if (openCreate === undefined) {
    return undefined;
  }
  const look = {
    conversationSid: attempt.conversationSid,
    key: { messageId: message.messageId, attempt: attempt.number },
    notBefore: new Date(startedAt),
    listedAfterMs: PERMIT_MS + deps.requestTimeoutMs + LIST_LAG_MS - openCreate.ageMs,
  };
  return await lookForMessage(deps.gateway, look, deps.lookUpDelaysMs);
}

/** A refusal ends the attempt for everybody, unless it concerns this moment only: then the try fails, and Temporal repeats it. */
async function refusalOf(
  { messages, optOutCodes }: PostDependencies,
  { attempt, message }: Posting,
  trail: Trail,
  { error, participants }: { readonly error: unknown; readonly participants: readonly KnownParticipant[] },
): Promise<PostResult> {
  if (isRefusedWith(error, CONVERSATION_CLOSED) || isRefusedWith(error, CONVERSATION_GONE_CODES)) {
    return error.code === CONVERSATION_CLOSED ? CLOSED : NOT_FOUND;
  }
  const refusal = error instanceof TwilioError && error.fault === 'refused' ? toRefusal(error, optOutCodes) : undefined;
  if (refusal === undefined || refusal.errorClass === 'retry' || refusal.errorClass === 'limit') {
    if (!trail.mayBeAtTwilio && trail.createId !== undefined) {
      // Should that fail, the next try looks for the message in vain, which costs it some seconds.
      await messages.withdrawCreate(message.messageId, attempt.number, trail.createId).catch(() => undefined);
    }
    throw error;
  }
  return { kind: 'turned_down', refusal, participants: participants.map(withoutAddresses), optOutCodes };
}

/** Stores the SID, and marks the opt-outs of which receipts told before it was known, each for the participant that it is about. */
async function store(
  { markAddress, messages, optOutCodes }: PostDependencies,
  { attempt, message }: Posting,
  known: readonly KnownParticipant[],
  messageSid: MessageSid,
): Promise<PostedMessage> {
  const { conversationSid, number } = attempt;
  const events = await messages.recordCreated(message.messageId, number, { conversationSid, messageSid });
  for (const event of events) {
    const addressed = known.find(({ participantSid }) => participantSid === event.participantSid);
    if (addressed !== undefined) {
      await markAddress({ ...event, subject: event.messageSid }, addressed);
    }
  }
  const participants = known.map(withoutAddresses);
  return { kind: 'posted', conversationSid, messageSid, participants, events, optOutCodes };
}

function withoutAddresses({ channel, isOptedOut, participantSid }: KnownParticipant): Participant {
  return { participantSid, channel, isOptedOut };
}

function heldBack(participants: readonly KnownParticipant[]): PostResult {
  const optedOut = participants.filter(({ isOptedOut }) => isOptedOut).length;
  const of = `${optedOut} of ${participants.length} participants ${optedOut === 1 ? 'has' : 'have'} opted out`;
  return {
    kind: 'opted_out',
    reason: `${of}, and Twilio would write to all of them, so nothing was sent; take them out of the conversation, or set policy.onOptedOutParticipant to send`,
  };
}

function nobodyReached(reason: string): PostResult & FanOutEnd {
  return { kind: 'fanned_out', outcome: 'undeliverable', reason, unreached: [] };
}

const NOT_FOUND = nobodyReached(
  'there is no such conversation in the Conversations service of this account; check conversationSid and TWILIO_CONVERSATIONS_SERVICE_SID',
);
const CLOSED = nobodyReached('the conversation is closed and takes no message any more; send into an open one');
const EMPTY = nobodyReached(
  'nobody in the conversation has an address that a message can go to; add a participant with a messaging binding and send again',
);
