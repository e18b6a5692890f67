import { type WebhookTrace, traceWord } from '../../../domain/webhook-trace';
import { type AcceptedReceipt } from '../../../inbox/accept-receipt';
import { type AcceptedCallEvent } from '../../../inbox/call-events';
import { type InboundResult } from '../../../inbox/accept-inbound';
import { compact } from '../../../twilio/compact';
import { type ConversationsEvent } from '../../../twilio/conversations-webhook';
import { type InboundMessage } from '../../../twilio/messaging-webhook';
import { type VoiceWebhook } from '../../../twilio/voice-webhook';
import { type AppContext } from '../../app-context';

/** What the handlers of a webhook know of it, for its trace. */
export type WebhookNotes = Partial<Omit<WebhookTrace, 'receivedAt' | 'endpoint' | 'count' | 'durationMs'>>;

/** Adds to what the trace of this webhook will say. */
export function noteWebhook(context: Pick<AppContext, 'state'>, notes: WebhookNotes): void {
  context.state.webhook = Object.assign(context.state.webhook ?? {}, notes);
}

/** What an event of Conversations is about. */
export function describeConversationsEvent(event: ConversationsEvent): WebhookNotes {
  switch (event.kind) {
    case 'deliveryUpdated': {
      const { conversationSid, messageSid, participantSid, deliveryReceiptSid, channelMessageSid, errorCode } = event;
      const optional = compact({ participantSid, channelMessageSid, errorCode });
      const status = traceWord(event.status);
      return { event: 'onDeliveryUpdated', status, conversationSid, messageSid, deliveryReceiptSid, ...optional };
    }
    case 'messageAdded': {
      const { conversationSid, messageSid, participantSid } = event;
      return { event: 'onMessageAdded', ...compact({ conversationSid, messageSid, participantSid }) };
    }
    case 'other':
      return { event: traceWord(event.eventType) };
  }
}

/** What the inbound webhook of a messaging service is about; it has no name of Twilio's. */
export function describeInboundMessage({ messageSid }: InboundMessage): WebhookNotes {
  return { event: 'inboundMessage', channelMessageSid: messageSid };
}

const VOICE_EVENTS: Readonly<Record<VoiceWebhook['purpose'], string>> = {
  status: 'callStatus',
  speech: 'callSpeech',
  key: 'callKey',
  dialled: 'callDialled',
  answerer: 'callAnsweredBy',
};

/** What a request about a call is about; names of ours, since Twilio has none. Never a key that was pressed. */
export function describeVoiceWebhook(webhook: VoiceWebhook): WebhookNotes {
  const { callSid, key, conversationSid } = webhook;
  const status = webhook.purpose === 'status' ? traceWord(webhook.event.status) : undefined;
  const event = VOICE_EVENTS[webhook.purpose];
  return { event, messageId: key.messageId, callSid, ...compact({ conversationSid, status }) };
}

/** Postgres was away, and what the webhook says is kept elsewhere. */
const KEPT: WebhookNotes = { verdict: 'accepted', effect: 'kept_for_later' };

/** What came of a receipt. */
export function receiptNotes(accepted: AcceptedReceipt): WebhookNotes {
  if (accepted === 'kept_for_later') {
    return KEPT;
  }
  const { isNew, match } = accepted;
  const whose = match === undefined ? {} : { messageId: match.messageId, tenant: match.tenant };
  return isNew
    ? { verdict: 'accepted', effect: 'receipt_stored', ...whose }
    : { verdict: 'repeated', effect: 'nothing', ...whose };
}

/** What came of something that was told of a call. */
export function callNotes(accepted: AcceptedCallEvent): WebhookNotes {
  switch (accepted.kind) {
    case 'kept_for_later':
      return KEPT;
    case 'unknown':
      return { verdict: 'ignored', effect: 'nothing' };
    case 'stored':
      return accepted.isNew
        ? { verdict: 'accepted', effect: 'call_event_stored', tenant: accepted.tenant }
        : { verdict: 'repeated', effect: 'nothing', tenant: accepted.tenant };
  }
}

const INBOUND_NOTES: Readonly<Record<InboundResult, WebhookNotes>> = {
  opted_out: { verdict: 'accepted', effect: 'opt_out_recorded' },
  opted_in: { verdict: 'accepted', effect: 'opt_in_recorded' },
  repeated: { verdict: 'repeated', effect: 'nothing' },
  help_answered: { verdict: 'accepted', effect: 'reply_accepted' },
  task_answered: { verdict: 'accepted', effect: 'task_answered' },
  near_word: { verdict: 'near_word', effect: 'nothing' },
  no_word: { verdict: 'ignored', effect: 'nothing' },
  kept_for_later: KEPT,
};

/** What came of a message of ours that Twilio tells of: its SID is stored in the background where it is missing. */
export const SEEN_NOTES: WebhookNotes = { verdict: 'accepted', effect: 'message_seen' };

/** What came of a message from a person. */
export function inboundNotes(result: InboundResult): WebhookNotes {
  return INBOUND_NOTES[result];
}
