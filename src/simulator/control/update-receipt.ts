import { changeReceipt } from '../actions/change-receipt';
import { type DeliveryReceipt } from '../entities/delivery-receipt';
import { type Simulation } from '../simulation';
import { ControlError, checked } from './control-error';
import { type ReceiptUpdateInput, receiptUpdateSchema } from './control-schemas';

/**
 * Changes a receipt by hand and tells of it, whatever its script still holds.
 * @throws ControlError when there is no such receipt, or more than one
 */
export async function updateReceipt(simulation: Simulation, input: ReceiptUpdateInput): Promise<DeliveryReceipt> {
  const { messageSid, participantSid, ...change } = checked(receiptUpdateSchema, input);
  const message = simulation.state.messages.get(messageSid);
  if (message === undefined) {
    throw new ControlError(404, 'messageSid: there is no such message; take an IM… identifier from the state');
  }
  const receipts = message.receipts.filter(
    (receipt) => participantSid === undefined || receipt.participantSid === participantSid,
  );
  const [receipt, another] = receipts;
  if (receipt === undefined) {
    throw new ControlError(404, 'participantSid: the message did not go out to such a participant');
  }
  if (another !== undefined) {
    throw new ControlError(409, 'participantSid: the message went out to several participants; say which one is meant');
  }
  await changeReceipt(simulation, receipt, change, { tell: (event) => simulation.webhooks.send(event) });
  return { ...receipt };
}
