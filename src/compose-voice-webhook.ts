import { type CallStore } from './database/call-store';
import { CALL_CHANNEL } from './domain/channel';
import { stepAt, type StepCall } from './domain/step-message';
import { type CallReference, type VoiceWebhookDependencies } from './http/routes/webhooks/voice';
import { callNotes } from './http/routes/webhooks/webhook-notes';
import { type CallEvents } from './inbox/call-events';
import { type Logger } from './telemetry/logger';

export interface VoiceWebhookParts {
  readonly events: CallEvents;
  readonly calls: Pick<CallStore, 'requestOf'>;
  readonly logger: Logger;
}

/** What the webhook of calls needs. */
export function composeVoiceWebhook({
  calls,
  events,
  logger,
}: VoiceWebhookParts): Pick<VoiceWebhookDependencies, 'personFor' | 'recordCallEvent' | 'speechOf'> {
  return {
    recordCallEvent: async ({ key }, event) =>
      callNotes(await events.accept({ messageId: key.messageId, attempt: key.attempt, event })),
    speechOf: async (call) => {
      const step = await stepOf(calls, call);
      return step === undefined ? undefined : { speech: step.speech, offered: step.offered };
    },
    personFor: async (call) => {
      try {
        return (await stepOf(calls, call))?.connectTo;
      } catch (error) {
        logger.warn({ err: error }, 'nobody could be put through, since the step of the call could not be read');
        return undefined;
      }
    },
  };
}

async function stepOf(
  calls: Pick<CallStore, 'requestOf'>,
  { key }: Pick<CallReference, 'key'>,
): Promise<StepCall | undefined> {
  const request = await calls.requestOf(key.messageId);
  const step =
    request?.policy.escalation[key.step - 1]?.channel === CALL_CHANNEL ? stepAt(request, key.step) : undefined;
  return step?.channel === CALL_CHANNEL ? step : undefined;
}
