/** The entry of the workflow bundle: every workflow by its type name. */
export { deliverMessage } from './deliver-message';
export { redriveMessage } from './redrive-message';
export { storeDeliveryEvent } from './store-delivery-event';
export { storeInboundWord } from './store-inbound-word';
export { sweepReceipts } from './sweep-receipts';
export { tellCaller } from './tell-caller';
