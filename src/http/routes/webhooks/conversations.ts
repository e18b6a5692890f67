import { type AcceptInbound } from '../../../inbox/accept-inbound';
import { type AcceptReceipt } from '../../../inbox/accept-receipt';
import { parseConversationsWebhook } from '../../../twilio/conversations-webhook';
import { isInbound, type MessageAdded } from '../../../twilio/message-added';
import { fromTwilioAddress } from '../../../twilio/twilio-address';
import { type SeenMessages } from '../../../inbox/seen-messages';
import { attemptOfSeen } from '../../../twilio/seen-message';
import { type AppContext } from '../../app-context';
import { readSignedBody, requireEvent, type WebhookDependencies } from './signed-body';
import { toIncomingReceipt } from './to-incoming-receipt';
import {
  describeConversationsEvent,
  inboundNotes,
  noteWebhook,
  receiptNotes,
  SEEN_NOTES,
  type WebhookNotes,
} from './webhook-notes';

export interface ConversationsWebhookDependencies extends WebhookDependencies {
  readonly acceptReceipt: AcceptReceipt;
  readonly acceptInbound: AcceptInbound;
  readonly seenMessages: Pick<SeenMessages, 'note'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * POST /webhooks/twilio/conversations: answers 200 once what the event says is on disk.
 * Twilio does not repeat a webhook, so anything else than 200 is for its debugger and for posthorn's own polling to mend.
 */
export function conversationsWebhook(deps: ConversationsWebhookDependencies) {
  return async function conversationsWebhook(context: AppContext): Promise<void> {
    const rawBody = await readSignedBody(deps, context);
    const event = requireEvent(deps, parseConversationsWebhook(rawBody), context, describeConversationsEvent);
    const receivedAt = new Date(deps.now()).toISOString();
    switch (event.kind) {
      case 'deliveryUpdated':
        noteWebhook(context, receiptNotes(await deps.acceptReceipt(toIncomingReceipt(event, receivedAt))));
        break;
      case 'messageAdded':
        noteWebhook(context, await acceptMessageAdded(deps, event, receivedAt));
        break;
      case 'other':
        break;
    }
    context.status = 200;
    context.body = '';
  };
}

async function acceptMessageAdded(
  { acceptInbound, seenMessages }: ConversationsWebhookDependencies,
  event: MessageAdded,
  receivedAt: string,
): Promise<WebhookNotes> {
  const key = attemptOfSeen(event);
  if (key !== undefined) {
    // A message of ours: after a lost answer this may be the first that is heard of its SID.
    seenMessages.note({ ...key, conversationSid: event.conversationSid, messageSid: event.messageSid });
    return SEEN_NOTES;
  }
  const author = isInbound(event) ? fromTwilioAddress(event.author ?? '') : undefined;
  if (author === undefined) {
    return inboundNotes('no_word');
  }
  const result = await acceptInbound({
    channel: author.channel,
    from: author.address,
    writtenTo: { conversationSid: event.conversationSid },
    text: event.body,
    evidence: event.messageSid,
    at: event.createdAt ?? receivedAt,
    isDatedByTwilio: event.createdAt !== undefined,
  });
  return inboundNotes(result);
}
