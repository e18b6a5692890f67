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

/**
 * Adds a message and sends it to every participant with a binding, its author excepted.
 * @param isTold whether webhooks tell of the message; those of its receipts always do
 * @throws TwilioApiError 50377 when the conversation is closed
 */
export function addMessage(
  simulation: Simulation,
  conversation: Conversation,
  draft: MessageDraft,
  isTold: boolean,
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
    .map((participant) => ({ participant, script: scriptFor(simulation, participant.binding) }));
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
  store(simulation, conversation, message);
  if (isTold) {
    void simulation.webhooks.send(messageAddedEvent(conversation, message));
  }
  const plays = legs.map(({ participant, script }) => {
    const receipt = newReceipt(message, participant);
    message.receipts.push(receipt);
    return playReceipt(simulation, receipt, script);
  });
  return { message, toldEarly: Promise.all(plays) };
}

type BoundParticipant = Participant & { readonly binding: MessagingBinding };

function isBound(participant: Participant): participant is BoundParticipant {
  return participant.binding !== null;
}

function store({ state, logs }: Simulation, conversation: Conversation, message: Message): void {
  conversation.messages.push(message);
  state.messages.set(message.messageSid, message);
  touch(state, conversation);
  const { conversationSid, messageSid, participantSid, author, attributes, index, source } = message;
  logs.events.append({
    kind: source === 'API' ? 'message.accepted' : 'message.received',
    conversationSid,
    messageSid,
    ...(participantSid === null ? {} : { participantSid }),
    detail: { index, author, attributes, body: message.body },
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
