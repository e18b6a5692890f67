import { type WebhookTrace } from '../../domain/webhook-trace';
import { messageLinks } from '../message-path';

/** What became of a webhook. What is not known is null. */
export interface WebhookView {
  readonly receivedAt: string;
  readonly endpoint: string;
  readonly event: string | null;
  readonly verdict: string;
  readonly effect: string;
  readonly reason: string | null;
  readonly count: number;
  readonly status: string | null;
  readonly errorCode: number | null;
  readonly conversationSid: string | null;
  readonly messageSid: string | null;
  readonly participantSid: string | null;
  readonly deliveryReceiptSid: string | null;
  readonly channelMessageSid: string | null;
  readonly callSid: string | null;
  readonly messageId: string | null;
  readonly durationMs: number | null;
  readonly links: { readonly message?: string };
}

/** Shows the trace of a webhook. Whose tenant's message it is about is not told: the caller's, or nobody's. */
export function presentWebhook(trace: WebhookTrace): WebhookView {
  const { receivedAt, endpoint, verdict, effect, count, messageId } = trace;
  return {
    receivedAt,
    endpoint,
    event: trace.event ?? null,
    verdict,
    effect,
    reason: trace.reason ?? null,
    count,
    status: trace.status ?? null,
    errorCode: trace.errorCode ?? null,
    conversationSid: trace.conversationSid ?? null,
    messageSid: trace.messageSid ?? null,
    participantSid: trace.participantSid ?? null,
    deliveryReceiptSid: trace.deliveryReceiptSid ?? null,
    channelMessageSid: trace.channelMessageSid ?? null,
    callSid: trace.callSid ?? null,
    messageId: messageId ?? null,
    durationMs: trace.durationMs ?? null,
    links: messageId === undefined ? {} : { message: messageLinks(messageId).self },
  };
}
