import { type DeliveryScript, type DeliveryScriptInput, deliveryScriptSchema } from './delivery-script';

/** Delays of the script that applies where none is set: quick, yet in an order a reader can follow. */
const DEFAULT_SENT_AFTER_MS = 50;
const DEFAULT_DELIVERED_AFTER_MS = 100;

/** The script for addresses without one of their own: sent after 50 ms, delivered 50 ms later. */
export function defaultScript(): DeliveryScript {
  return deliveryScriptSchema.parse(deliveredScript(DEFAULT_SENT_AFTER_MS, DEFAULT_DELIVERED_AFTER_MS));
}

/** Sent, then delivered. Both times are milliseconds after the message was accepted. */
export function deliveredScript(sentAfterMs: number, deliveredAfterMs: number): DeliveryScriptInput {
  return {
    steps: [
      { status: 'sent', delayMs: sentAfterMs },
      { status: 'delivered', delayMs: Math.max(0, deliveredAfterMs - sentAfterMs) },
    ],
  };
}

/** Sent, then undelivered with the code, each after the delay in milliseconds. */
export function undeliveredScript(errorCode: number, delayMs = DEFAULT_SENT_AFTER_MS): DeliveryScriptInput {
  return {
    steps: [
      { status: 'sent', delayMs },
      { status: 'undelivered', errorCode, delayMs },
    ],
  };
}

/** Failed with the code, without having been sent, after the delay in milliseconds. */
export function failedScript(errorCode: number, delayMs = DEFAULT_SENT_AFTER_MS): DeliveryScriptInput {
  return { steps: [{ status: 'failed', errorCode, delayMs }] };
}

/** Sent after the delay in milliseconds, and nothing ever again. */
export function silentScript(delayMs = DEFAULT_SENT_AFTER_MS): DeliveryScriptInput {
  return { steps: [{ status: 'sent', delayMs }] };
}
