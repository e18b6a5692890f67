/**
 * What the simulator accepted and what it told, in the order in which it happened.
 * `kind` names it; the identifiers say what it is about; `detail` carries the rest.
 */
export interface SimulatorEvent {
  readonly kind:
    | 'conversation.created'
    | 'conversation.updated'
    | 'conversation.state_changed'
    | 'conversation.deleted'
    | 'participant.added'
    | 'participant.updated'
    | 'participant.removed'
    | 'message.accepted'
    | 'message.received'
    | 'receipt.changed'
    | 'opt_out.recorded'
    | 'opt_out.lifted'
    | 'webhook.answered'
    | 'webhook.failed'
    | 'webhook.dropped'
    | 'call.accepted'
    | 'call.status_changed'
    | 'call.answered_by'
    | 'call.keys_pressed'
    | 'call.redirected'
    | 'call.ended'
    | 'call.told'
    | 'call.untold';
  readonly conversationSid?: string;
  readonly participantSid?: string;
  readonly messageSid?: string;
  readonly deliveryReceiptSid?: string;
  readonly callSid?: string;
  /** Whom a message goes out to. */
  readonly recipients?: readonly EventRecipient[];
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** Addresses as Twilio writes them. */
export interface EventRecipient {
  readonly participantSid: string;
  readonly deliveryReceiptSid: string;
  readonly address: string;
  readonly proxyAddress: string;
}
