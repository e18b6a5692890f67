import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { type ConversationSid, isSid, type MessagingServiceSid, parseSid, type ParticipantSid } from '../domain/sid';
import { compact } from './compact';
import { CONVERSATION_GONE_CODES, isRefusedWith, UNIQUE_NAME_TAKEN } from './error-codes';
import { type AddressPair } from './gateway';
import { callTwilio } from './to-twilio-error';
import { toTwilioAddress } from './twilio-address';
import { type TwilioError } from './twilio-error';

/** How a `TwilioError` names the making of a conversation. */
export const CREATE_CONVERSATION = 'create conversation';

/** A conversation as Twilio has it. One that is closed never opens again. */
export interface FoundConversation {
  readonly conversationSid: ConversationSid;
  readonly isClosed: boolean;
}

/**
 * Creates a conversation under a unique name.
 * @returns undefined when the name is taken.
 */
export async function createConversation(
  service: ServiceContext,
  name: string,
  messagingServiceSid: MessagingServiceSid | undefined,
): Promise<ConversationSid | undefined> {
  try {
    return await callTwilio(CREATE_CONVERSATION, 'repeatable', async () => {
      const created = await service.conversations.create(compact({ uniqueName: name, messagingServiceSid }));
      return parseSid(created.sid, 'CH');
    });
  } catch (error) {
    if (isRefusedWith(error, UNIQUE_NAME_TAKEN)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Fetches a conversation by its SID or its unique name.
 * @returns undefined when there is none.
 */
export async function fetchConversation(
  service: ServiceContext,
  sidOrName: string,
): Promise<FoundConversation | undefined> {
  try {
    return await callTwilio('fetch conversation', 'repeatable', async () => {
      const { sid: conversationSid, state } = await service.conversations(sidOrName).fetch();
      return { conversationSid: parseSid(conversationSid, 'CH'), isClosed: state === 'closed' };
    });
  } catch (error) {
    if (isRefusedWith(error, CONVERSATION_GONE_CODES)) {
      return undefined;
    }
    throw error;
  }
}

/** Binds the recipient to the sender in a conversation. Throws whatever Twilio refuses it with. */
export function addParticipant(
  service: ServiceContext,
  conversationSid: ConversationSid,
  { channel, sender, recipient }: AddressPair,
): Promise<ParticipantSid> {
  return callTwilio('add participant', 'repeatable', async () => {
    const added = await service.conversations(conversationSid).participants.create({
      'messagingBinding.address': toTwilioAddress(channel, recipient),
      'messagingBinding.proxyAddress': toTwilioAddress(channel, sender),
    });
    return parseSid(added.sid, 'MB');
  });
}

/** What a conversation's participants say of a pair. */
export interface FoundPair {
  readonly participantSid: ParticipantSid;
  /** Somebody else in the conversation would get every message to the pair as well. */
  readonly isShared: boolean;
}

/**
 * Looks for the pair among a conversation's participants.
 * @returns undefined when it is not there, or the conversation is not.
 */
export async function findPair(
  service: ServiceContext,
  conversationSid: ConversationSid,
  { channel, sender, recipient }: AddressPair,
): Promise<FoundPair | undefined> {
  const bound = (await listBindings(service, conversationSid)) ?? [];
  const ours = bound.find(
    ({ address, proxyAddress }) =>
      address === toTwilioAddress(channel, recipient) && proxyAddress === toTwilioAddress(channel, sender),
  );
  return ours === undefined ? undefined : { participantSid: ours.participantSid, isShared: bound.length > 1 };
}

/** A participant whom Twilio writes to outside its own chat. */
export interface Binding {
  readonly participantSid: ParticipantSid;
  /** As Twilio writes it, such as `whatsapp:+12025550101`. */
  readonly address: string;
  /** Absent in group texts without one. */
  readonly proxyAddress?: string;
}

/**
 * The participants of a conversation that have a messaging binding.
 * @returns undefined when there is no such conversation.
 */
export async function listBindings(
  service: ServiceContext,
  conversationSid: ConversationSid,
): Promise<Binding[] | undefined> {
  try {
    return await callTwilio('list participants', 'repeatable', async () => {
      const participants = await service
        .conversations(conversationSid)
        .participants.list({ pageSize: 100, limit: 1000 });
      return participants.flatMap(({ messagingBinding, sid: participantSid }) => {
        const address = bindingField(messagingBinding, 'address');
        const proxyAddress = bindingField(messagingBinding, 'proxy_address');
        const proxy = typeof proxyAddress === 'string' ? { proxyAddress } : {};
        return typeof address === 'string'
          ? [{ participantSid: parseSid(participantSid, 'MB'), address, ...proxy }]
          : [];
      });
    });
  } catch (error) {
    if (isRefusedWith(error, CONVERSATION_GONE_CODES)) {
      return undefined;
    }
    throw error;
  }
}

/** The conversation that the text of a refusal names, as in "… already exists in Conversation CH…". */
export function conversationNamedIn(error: TwilioError): ConversationSid | undefined {
  const text = error.cause instanceof Error ? error.cause.message : '';
  const named = /CH[0-9a-f]{32}/i.exec(text)?.[0];
  return named !== undefined && isSid(named, 'CH') ? named : undefined;
}

/** The SDK leaves the binding untyped, with the API's own field names. */
function bindingField(binding: unknown, name: 'address' | 'proxy_address'): unknown {
  return typeof binding === 'object' && binding !== null ? (Reflect.get(binding, name) as unknown) : undefined;
}
