import { type SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { type MessageStatus } from '../src/domain/message-status';
import { type Delivery } from './delivery';
import { detailsFor } from './details-for';
import { STATUS } from './search-attributes';

/** `sending` and `awaiting_receipt` are one status to the outside of Temporal: each upsert is a billable action. */
export function searchableStatus(status: MessageStatus): string {
  return status === 'sending' || status === 'awaiting_receipt' ? 'in_flight' : status;
}

/** Moves the delivery to a status, and shows it in Temporal's UI together with what else has changed. */
export function enter(delivery: Delivery, status: MessageStatus, ...also: SearchAttributeUpdatePair[]): void {
  const isShown = searchableStatus(delivery.status) === searchableStatus(status);
  delivery.status = status;
  if (!isShown || also.length > 0) {
    upsertSearchAttributes([{ key: STATUS, value: searchableStatus(status) }, ...also]);
  }
  setCurrentDetails(detailsFor(delivery));
}
