import { type DeliveryUpdated, parseDeliveryUpdated } from './delivery-updated';
import { firstValues, parseFormFields } from './form-fields';
import { type MessageAdded, parseMessageAdded } from './message-added';
import { neededText, type ParsedWebhook } from './webhook-fields';

/** An event that posthorn has no use for; it is answered with success so that Twilio does not report an error. */
export interface OtherConversationsEvent {
  readonly kind: 'other';
  readonly eventType: string;
}

export type ConversationsEvent = DeliveryUpdated | MessageAdded | OtherConversationsEvent;

/**
 * Reads a Conversations webhook, whose events come to one URL and are told apart by EventType.
 * @param rawBody the form as it came; its signature has been verified.
 */
export function parseConversationsWebhook(rawBody: Buffer): ParsedWebhook<ConversationsEvent> {
  const fields = firstValues(parseFormFields(rawBody));
  const eventType = neededText.safeParse(fields['EventType']);
  if (!eventType.success) {
    return { ok: false, problems: eventType.error.issues.map(({ message }) => `EventType ${message}`) };
  }
  switch (eventType.data) {
    case 'onDeliveryUpdated':
      return parseDeliveryUpdated(fields);
    case 'onMessageAdded':
      return parseMessageAdded(fields);
    default:
      return { ok: true, event: { kind: 'other', eventType: eventType.data } };
  }
}
