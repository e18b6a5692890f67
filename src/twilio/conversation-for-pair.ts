import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { type ConversationSid, type MessagingServiceSid, type ParticipantSid } from '../domain/sid';
import {
  addParticipant,
  conversationNamedIn,
  createConversation,
  fetchConversation,
  findPair,
} from './conversation-requests';
import {
  CONFLICT_CODES,
  CONVERSATION_CLOSED,
  CONVERSATION_GONE_CODES,
  isRefusedWith,
  PARTICIPANT_EXISTS_CODES,
} from './error-codes';
import { type AddressPair, type OpenConversation } from './gateway';
import { SharedPairError } from './shared-pair-error';
import { TwilioError } from './twilio-error';
import { uniqueName } from './unique-name';

export interface ConversationForPairDeps {
  readonly service: ServiceContext;
  /** The messaging service that new conversations belong to, if any. */
  readonly messagingServiceSid: MessagingServiceSid | undefined;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Told of each conversation, and then of each participant, that Twilio has made. */
  readonly onMade: (made: MadeAtTwilio) => void;
}

/** A conversation that was made, or a participant who was added to one. */
export interface MadeAtTwilio {
  readonly conversationSid: ConversationSid;
  readonly participantSid?: ParticipantSid;
}

/** What became of one try to open the conversation of a name. */
type Try =
  | { readonly kind: 'open'; readonly conversation: OpenConversation }
  | { readonly kind: 'closed'; readonly conversationSid: ConversationSid }
  /** Somebody else's change was in the way, or is not visible everywhere yet: again in a moment. */
  | { readonly kind: 'unsettled'; readonly error: TwilioError };

/** Closed conversations of one pair that are passed on the way to the open one. */
const MAX_CLOSED = 100;
/** Waits between tries that met somebody else's change; as many tries as waits, and one more. */
const PAUSES_MS = [50, 150, 400, 800];

/**
 * Finds or makes the open conversation of a pair. Whoever asks, and however many at once, gets the same one:
 * the name is derived from the pair, and Twilio keeps an address pair in one open conversation only.
 * Nothing is remembered between calls.
 * @param gone a conversation of the pair that proved to be closed or deleted; the search starts behind it.
 */
export async function conversationForPair(
  deps: ConversationForPairDeps,
  pair: AddressPair,
  gone: ConversationSid | undefined,
): Promise<OpenConversation> {
  let name = uniqueName(pair, gone);
  let closed = 0;
  let pauses = 0;
  while (closed < MAX_CLOSED) {
    const result = await tryName(deps, pair, name);
    if (result.kind === 'open') {
      return result.conversation;
    }
    if (result.kind === 'closed') {
      name = uniqueName(pair, result.conversationSid);
      closed += 1;
      continue;
    }
    const pauseMs = PAUSES_MS[pauses];
    if (pauseMs === undefined) {
      throw result.error;
    }
    await deps.pause(pauseMs);
    pauses += 1;
  }
  throw new TwilioError({ fault: 'refused', operation: 'open conversation', code: CONVERSATION_CLOSED });
}

async function tryName(deps: ConversationForPairDeps, pair: AddressPair, name: string): Promise<Try> {
  try {
    const created = await createConversation(deps.service, name, deps.messagingServiceSid);
    if (created !== undefined) {
      deps.onMade({ conversationSid: created });
      return await bindPair(deps, pair, created);
    }
    const existing = await fetchConversation(deps.service, name);
    if (existing === undefined) {
      // Another worker's conversation that cannot be seen everywhere yet, or one that was deleted just now.
      return { kind: 'unsettled', error: new TwilioError({ fault: 'unreachable', operation: 'fetch conversation' }) };
    }
    if (existing.isClosed) {
      return { kind: 'closed', conversationSid: existing.conversationSid };
    }
    const found = await participantOf(deps, pair, existing.conversationSid);
    return found === undefined
      ? await bindPair(deps, pair, existing.conversationSid)
      : { kind: 'open', conversation: found };
  } catch (error) {
    if (isRefusedWith(error, CONFLICT_CODES)) {
      return { kind: 'unsettled', error };
    }
    throw error;
  }
}

/** Adds the recipient, and goes where Twilio says that the pair is already. */
async function bindPair(
  deps: ConversationForPairDeps,
  pair: AddressPair,
  conversationSid: ConversationSid,
): Promise<Try> {
  try {
    const participantSid = await addParticipant(deps.service, conversationSid, pair);
    deps.onMade({ conversationSid, participantSid });
    return { kind: 'open', conversation: { conversationSid, participantSid } };
  } catch (error) {
    if (isRefusedWith(error, CONVERSATION_CLOSED)) {
      return { kind: 'closed', conversationSid };
    }
    if (isRefusedWith(error, CONVERSATION_GONE_CODES)) {
      return { kind: 'unsettled', error };
    }
    if (!isRefusedWith(error, PARTICIPANT_EXISTS_CODES)) {
      throw error;
    }
    const conversation = await whereThePairIs(deps, pair, conversationSid, error);
    return conversation === undefined ? { kind: 'unsettled', error } : { kind: 'open', conversation };
  }
}

/**
 * The conversation that a refusal says has the pair: the one it names, or the one that was asked.
 * @returns undefined when the pair is not seen there, or that conversation is closed by now.
 */
async function whereThePairIs(
  { service }: ConversationForPairDeps,
  pair: AddressPair,
  asked: ConversationSid,
  refusal: TwilioError,
): Promise<OpenConversation | undefined> {
  const conversationSid = conversationNamedIn(refusal) ?? asked;
  if (conversationSid !== asked) {
    const named = await fetchConversation(service, conversationSid);
    if (named === undefined || named.isClosed) {
      return undefined;
    }
  }
  return await participantOf({ service }, pair, conversationSid);
}

/**
 * The pair in a conversation, undefined when it is not there.
 * @throws SharedPairError when others are in it, who would get a message to the recipient as well.
 */
async function participantOf(
  { service }: Pick<ConversationForPairDeps, 'service'>,
  pair: AddressPair,
  conversationSid: ConversationSid,
): Promise<OpenConversation | undefined> {
  const found = await findPair(service, conversationSid, pair);
  if (found?.isShared === true) {
    throw new SharedPairError();
  }
  return found === undefined ? undefined : { conversationSid, participantSid: found.participantSid };
}
