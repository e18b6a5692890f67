import { toWebhookDate } from '../dates';
import { type Conversation, type ConversationState } from '../entities/conversation';
import { type DeliveryReceipt } from '../entities/delivery-receipt';
import { type Message } from '../entities/message';
import { type Participant } from '../entities/participant';
import { type WebhookEvent } from './webhook-event';

/** Why a conversation changed its state, as Twilio names it. */
export type StateChangeReason = 'API' | 'EVENT';

/** Fields: https://www.twilio.com/docs/conversations/conversations-webhooks */
export function conversationEvent(
  eventType: 'onConversationAdded' | 'onConversationUpdated' | 'onConversationRemoved',
  conversation: Conversation,
): WebhookEvent {
  return about(eventType, conversation, null, {
    DateCreated: toWebhookDate(conversation.createdAt),
    DateUpdated: toWebhookDate(conversation.updatedAt),
    Attributes: conversation.attributes,
    State: conversation.state,
    ...given('FriendlyName', conversation.friendlyName),
    ...given('UniqueName', conversation.uniqueName),
    ...given('MessagingServiceSid', conversation.messagingServiceSid),
  });
}

/** A conversation went from one state to another. */
export function conversationStateEvent(
  conversation: Conversation,
  stateFrom: ConversationState,
  reason: StateChangeReason,
): WebhookEvent {
  return about('onConversationStateUpdated', conversation, null, {
    StateFrom: stateFrom,
    StateTo: conversation.state,
    StateUpdated: toWebhookDate(conversation.updatedAt),
    Reason: reason,
    ...given('MessagingServiceSid', conversation.messagingServiceSid),
  });
}

/** A participant came, changed or went. */
export function participantEvent(
  eventType: 'onParticipantAdded' | 'onParticipantUpdated' | 'onParticipantRemoved',
  conversation: Conversation,
  participant: Participant,
): WebhookEvent {
  const { binding } = participant;
  return about(eventType, conversation, null, {
    ParticipantSid: participant.participantSid,
    DateCreated: toWebhookDate(participant.createdAt),
    ...(eventType === 'onParticipantUpdated' ? { DateUpdated: toWebhookDate(participant.updatedAt) } : {}),
    Attributes: participant.attributes,
    ...given('Identity', participant.identity),
    ...given('RoleSid', participant.roleSid),
    ...given('MessagingBinding.Type', binding?.type ?? null),
    ...given('MessagingBinding.Address', binding?.address ?? null),
    ...given('MessagingBinding.ProxyAddress', binding?.proxyAddress ?? null),
  });
}

/** A message was posted. */
export function messageAddedEvent(conversation: Conversation, message: Message): WebhookEvent {
  return about('onMessageAdded', conversation, message.messageSid, {
    MessageSid: message.messageSid,
    Index: String(message.index),
    DateCreated: toWebhookDate(message.createdAt),
    Body: message.body ?? '',
    Author: message.author,
    Attributes: message.attributes,
    Source: message.source,
    ...given('ParticipantSid', message.participantSid),
    ...given('ContentSid', message.contentSid),
    ...given('MessagingServiceSid', conversation.messagingServiceSid),
  });
}

/** A receipt changed. It says nothing of the message but its SID, as at Twilio. */
export function deliveryUpdatedEvent(conversation: Conversation, receipt: DeliveryReceipt): WebhookEvent {
  return about('onDeliveryUpdated', conversation, receipt.messageSid, {
    MessageSid: receipt.messageSid,
    DeliveryReceiptSid: receipt.deliveryReceiptSid,
    ChannelMessageSid: receipt.channelMessageSid,
    ParticipantSid: receipt.participantSid,
    DateCreated: toWebhookDate(receipt.createdAt),
    DateUpdated: toWebhookDate(receipt.updatedAt),
    ...given('Status', receipt.status),
    ...given('ErrorCode', receipt.errorCode === null ? null : String(receipt.errorCode)),
  });
}

function about(
  eventType: string,
  conversation: Conversation,
  messageSid: string | null,
  fields: Record<string, string>,
): WebhookEvent {
  const { conversationSid, serviceSid } = conversation;
  return {
    eventType,
    serviceSid,
    conversationSid,
    messageSid,
    fields: { ConversationSid: conversationSid, ...fields },
  };
}

function given(name: string, value: string | null): Record<string, string> {
  return value === null ? {} : { [name]: value };
}
