import { type ConversationStore } from '../../../database/conversation-store';
import { type AcceptInbound } from '../../../inbox/accept-inbound';
import { type AcceptReceipt } from '../../../inbox/accept-receipt';
import { parseConversationsWebhook } from '../../../twilio/conversations-webhook';
import { isInbound, type MessageAdded } from '../../../twilio/message-added';
import { fromTwilioAddress } from '../../../twilio/twilio-address';
import { type AppContext } from '../../app-context';
import { readSignedBody, requireEvent, type WebhookDependencies } from './signed-body';
import { toIncomingReceipt } from './to-incoming-receipt';

export interface ConversationsWebhookDependencies extends WebhookDependencies {
  readonly acceptReceipt: AcceptReceipt;
  readonly acceptInbound: AcceptInbound;
  readonly conversations: Pick<ConversationStore, 'senderOf'>;
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
    const event = requireEvent(deps, parseConversationsWebhook(rawBody), context);
    const receivedAt = new Date(deps.now()).toISOString();
    switch (event.kind) {
      case 'deliveryUpdated':
        await deps.acceptReceipt(toIncomingReceipt(event, receivedAt));
        break;
      case 'messageAdded':
        await acceptMessageAdded(deps, event, receivedAt);
        break;
      case 'other':
        break;
    }
    context.status = 200;
    context.body = '';
  };
}

async function acceptMessageAdded(
  { acceptInbound, conversations }: ConversationsWebhookDependencies,
  event: MessageAdded,
  receivedAt: string,
): Promise<void> {
  const author = isInbound(event) ? fromTwilioAddress(event.author ?? '') : undefined;
  if (author === undefined) {
    return;
  }
  await acceptInbound({
    channel: author.channel,
    from: author.address,
    findSender: () => conversations.senderOf(author.address, event.conversationSid),
    text: event.body,
    evidence: event.messageSid,
    at: event.createdAt ?? receivedAt,
  });
}
