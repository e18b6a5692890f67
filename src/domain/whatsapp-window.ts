import { type AttemptResult } from './attempt-result';
import { type ReachChannel } from './channel';
import { type MessageContent } from './send-request';

/**
 * How long after a message of a person WhatsApp takes more than templates from the sender that they wrote to, in milliseconds.
 * Source: https://www.twilio.com/docs/whatsapp/key-concepts#the-24-hour-window
 */
const WINDOW_MS = 24 * 60 * 60_000;

/** Clocks differ and sends take time: so shortly before its end nobody knows whether the window is open, in milliseconds. */
const MARGIN_MS = 5 * 60_000;

/** WhatsApp's word for a text outside of the window. Source: https://www.twilio.com/docs/api/errors/63016 */
const OUTSIDE_WINDOW = 63016;

export type WhatsAppWindow = 'open' | 'closed' | 'unknown';

/** What is to be sent through the window, or why it would not get through. */
export type Fit =
  | { readonly kind: 'fits'; readonly content: MessageContent; readonly isTemplate?: true }
  | Extract<AttemptResult, { kind: 'refused' }>;

/**
 * Whether a text gets through to somebody on WhatsApp.
 * @param lastInboundAt when they last wrote to the sender, ISO 8601; absent when nobody has heard of it, which proves nothing.
 */
export function windowAt(nowMs: number, lastInboundAt: string | undefined): WhatsAppWindow {
  if (lastInboundAt === undefined) {
    return 'unknown';
  }
  const leftMs = Date.parse(lastInboundAt) + WINDOW_MS - nowMs;
  if (leftMs <= 0) {
    return 'closed';
  }
  return leftMs > MARGIN_MS ? 'open' : 'unknown';
}

/** The template in place of the text, unless the window is known to be open; without one a text is refused where it is known to be closed. */
export function fitToWindow(
  { channel, content }: { readonly channel: ReachChannel; readonly content: MessageContent },
  nowMs: number,
  lastInboundAt: string | undefined,
): Fit {
  const { template, whatsappTemplate, ...text } = content;
  if (channel !== 'whatsapp' || template !== undefined) {
    return { kind: 'fits', content: template === undefined ? text : { template } };
  }
  const window = windowAt(nowMs, lastInboundAt);
  if (whatsappTemplate !== undefined && window !== 'open') {
    return { kind: 'fits', content: { template: whatsappTemplate }, isTemplate: true };
  }
  if (window === 'closed') {
    const reason = `the 24-hour window is closed, as the recipient has not written since ${lastInboundAt ?? ''}, so nothing was sent: give whatsappTemplate`;
    return { kind: 'refused', errorCode: OUTSIDE_WINDOW, errorClass: 'message', reason };
  }
  return { kind: 'fits', content: text };
}
