import { type Conversation } from '../entities/conversation';
import { type DeliveryReceipt } from '../entities/delivery-receipt';
import { type Message } from '../entities/message';
import { type Html, html } from './html';
import { receiptBadge } from './receipt-badge';
import { timeOfDay } from './time-of-day';

/** One message of a conversation with its receipts. */
export function messageItem(conversation: Conversation, message: Message): Html {
  const isInbound = message.source !== 'API';
  const text = message.body ?? `Template ${message.contentSid ?? ''}`;
  return html`<li class="message ${isInbound ? 'inbound' : 'outbound'}">
    <p class="meta">
      ${isInbound ? 'Inbound' : 'Outbound'} ${message.index} from ${message.author} at ${timeOfDay(message.createdAt)}
    </p>
    <p class="body">${text}</p>
    ${message.receipts.map((receipt) => receiptLine(conversation, receipt))}
    <p class="meta"><code>${message.messageSid}</code></p>
  </li>`;
}

function receiptLine(conversation: Conversation, receipt: DeliveryReceipt): Html {
  const address = conversation.participants.get(receipt.participantSid)?.binding?.address ?? 'a participant who left';
  return html`<p class="receipt">${receiptBadge(receipt)} to ${address} at ${timeOfDay(receipt.updatedAt)}</p>`;
}
