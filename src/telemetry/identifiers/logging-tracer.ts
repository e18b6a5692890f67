import { type WebhookTracer } from '../../inbox/webhook-tracer';
import { type IdentifierLog } from './identifier-log';

/**
 * The tracer, with the identifiers logged of every webhook that Twilio signed. Of one whose signature does not hold there are none:
 * anybody could write to the log with those.
 */
export function loggingWebhooks<Tracer extends Pick<WebhookTracer, 'note'>>(
  tracer: Tracer,
  log: IdentifierLog,
): Tracer {
  return {
    ...tracer,
    note: (trace) => {
      const { callSid, channelMessageSid, conversationSid, deliveryReceiptSid, messageId, messageSid, participantSid } =
        trace;
      if ([callSid, conversationSid, channelMessageSid].some((known) => known !== undefined)) {
        log.received(
          { messageId, conversationSid, participantSid, messageSid, deliveryReceiptSid, channelMessageSid, callSid },
          `a webhook came: ${trace.verdict}`,
        );
      }
      tracer.note(trace);
    },
  };
}
