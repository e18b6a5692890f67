import { type DeliveryReceipt } from '../entities/delivery-receipt';
import { type Html, html } from './html';

/** How one message fared with one participant: status, and the error code when there is one. */
export function receiptBadge({ status, errorCode }: DeliveryReceipt): Html {
  const text = status ?? 'in Twilio';
  const kind = status ?? 'none';
  return html`<span class="badge badge-${kind}">${errorCode === null ? text : `${text} ${errorCode}`}</span>`;
}
