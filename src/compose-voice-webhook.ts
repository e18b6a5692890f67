import { type CallStore } from './database/call-store';
import { CALL_CHANNEL } from './domain/channel';
import { stepAt } from './domain/step-message';
import { type VoiceWebhookDependencies } from './http/routes/webhooks/voice';
import { callNotes } from './http/routes/webhooks/webhook-notes';
import { type CallEvents } from './inbox/call-events';

/** What the webhook of calls needs. */
export function composeVoiceWebhook(
  events: CallEvents,
  calls: Pick<CallStore, 'requestOf'>,
): Pick<VoiceWebhookDependencies, 'recordCallEvent' | 'speechOf'> {
  return {
    recordCallEvent: async ({ key }, event) =>
      callNotes(await events.accept({ messageId: key.messageId, attempt: key.attempt, event })),
    speechOf: async ({ key }) => {
      const request = await calls.requestOf(key.messageId);
      const step =
        request?.policy.escalation[key.step - 1]?.channel === CALL_CHANNEL ? stepAt(request, key.step) : undefined;
      return step?.channel === CALL_CHANNEL ? { speech: step.speech, offered: step.offered } : undefined;
    },
  };
}
