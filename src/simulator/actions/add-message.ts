import { playReceipt } from '../delivery/play-receipt';
import { scriptFor } from '../delivery/script-for';
import { type Conversation } from '../entities/conversation';
import { type DeliveryReceipt } from '../entities/delivery-receipt';
import { type Message } from '../entities/message';
import { type MessagingBinding, type Participant } from '../entities/participant';
import { twilioErrors } from '../errors/twilio-errors';
import { newSid } from '../sids';
import { type Simulation } from '../simulation';
import { touch } from '../state/recent-conversations';
import { messageAddedEvent } from '../webhooks/webhook-events';
import { changeConversationState } from './change-conversation-state';

/** What a new message is made of. */
export type MessageDraft = Pick<Message, 'author' | 'body' | 'attributes' | 'contentSid' | 'source'>;

/** A message that was taken. */
export interface AddedMessage {
  readonly message: Message;
  /** Resolves when every webhook that a script wants told before the answer is told. */
  readonly toldEarly: Promise<unknown>;
}

/** How a message came. */
export interface MessageOrigin {
  /** Whether webhooks tell of the message; those of its receipts always do. */
  readonly isTold: boolean;
  /** When it was asked for; without it now. */
  readonly requestedAt?: Date;
  /** What an inbound text asked for, when it was one of Twilio's words. */
  readonly word?: 'stop' | 'start' | null;
}

/**
 * Adds a message and sends it to every participant with a binding, its author excepted.
 * @throws TwilioApiError 50377 when the conversation is closed
 */
export function addMessage(
  simulation: Simulation,
  conversation: Conversation,
  draft: MessageDraft,
  origin: MessageOrigin,
): AddedMessage {
  if (conversation.state === 'closed') {
    throw twilioErrors.conversationClosed();
  }
  changeConversationState(simulation, conversation, 'active', { reason: 'EVENT', isTold: true });
  const participants = [...conversation.participants.values()];
  const author = participants.find(({ binding, identity }) => (binding?.address ?? identity) === draft.author);
  const legs = participants
    .filter(isBound)
    .filter((participant) => participant !== author)
    .map((participant) => ({ participant, script: scriptFor(simulation, participant.binding, draft) }));
  const createdAt = new Date();
  const message: Message = {
    ...draft,
    messageSid: newSid('IM'),
    conversationSid: conversation.conversationSid,
    index: conversation.messages.length,
    participantSid: author?.participantSid ?? null,
    createdAt,
    listedFromMs: createdAt.getTime() + Math.max(0, ...legs.map(({ script }) => script.listLagMs)),
    receipts: [],
  };
  const deliveries = legs.map(({ participant, script }) => {
    const receipt = newReceipt(message, participant);
    message.receipts.push(receipt);
    return { participant, receipt, script };
  });
  store(simulation, conversation, message);
  logMessage(simulation, message, deliveries, origin);
  if (origin.isTold) {
    void simulation.webhooks.send(messageAddedEvent(conversation, message));
  }
  const plays = deliveries.map(({ receipt, script }) => playReceipt(simulation, receipt, script));
  return { message, toldEarly: Promise.all(plays) };
}

type BoundParticipant = Participant & { readonly binding: MessagingBinding };

function isBound(participant: Participant): participant is BoundParticipant {
  return participant.binding !== null;
}

function store({ state }: Simulation, conversation: Conversation, message: Message): void {
  conversation.messages.push(message);
  state.messages.set(message.messageSid, message);
  touch(state, conversation);
}

interface Delivery {
  readonly participant: BoundParticipant;
  readonly receipt: DeliveryReceipt;
}

function logMessage(
  { logs }: Simulation,
  message: Message,
  deliveries: readonly Delivery[],
  { requestedAt = message.createdAt, word = null }: MessageOrigin,
): void {
  const { conversationSid, messageSid, participantSid, author, attributes, body, index, source } = message;
  const about = { conversationSid, messageSid, ...(participantSid === null ? {} : { participantSid }) };
  if (source !== 'API') {
    logs.events.append({ kind: 'message.received', ...about, detail: { index, author, attributes, body, word } });
    return;
  }
  logs.events.append({
    kind: 'message.accepted',
    ...about,
    recipients: deliveries.map(({ participant: { participantSid: to, binding }, receipt }) => ({
      participantSid: to,
      deliveryReceiptSid: receipt.deliveryReceiptSid,
      address: binding.address,
      proxyAddress: binding.proxyAddress,
    })),
    detail: { index, author, attributes, body, requestedAt: requestedAt.toISOString() },
  });
}

function newReceipt(message: Message, { participantSid, binding }: BoundParticipant): DeliveryReceipt {
  return {
    deliveryReceiptSid: newSid('DY'),
    messageSid: message.messageSid,
    conversationSid: message.conversationSid,
    participantSid,
    channelMessageSid: newSid(binding.type === 'whatsapp' ? 'WA' : 'SM'),
    status: null,
    errorCode: null,
    createdAt: message.createdAt,
    updatedAt: message.createdAt,
  };
}
