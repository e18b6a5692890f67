/**
 * What the simulator accepted and what it told, in the order in which it happened.
 * `kind` names it; the identifiers say what it is about; `detail` carries the rest.
 * Further kinds (calls, for one) are added to this union.
 */
export interface SimulatorEvent {
  readonly kind:
    | 'conversation.created'
    | 'conversation.updated'
    | 'conversation.state_changed'
    | 'conversation.deleted'
    | 'participant.added'
    | 'participant.removed'
    | 'message.accepted'
    | 'message.received'
    | 'receipt.changed'
    | 'opt_out.recorded'
    | 'opt_out.lifted'
    | 'webhook.answered'
    | 'webhook.failed'
    | 'webhook.dropped';
  readonly conversationSid?: string;
  readonly participantSid?: string;
  readonly messageSid?: string;
  readonly deliveryReceiptSid?: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}
