/** Where something is asked or told. */
export interface CallUrl {
  readonly url: string;
  readonly method: 'GET' | 'POST';
}

/** A request about a call, to a URL that the call itself names. */
export interface CallWebhook {
  readonly eventType: 'call.status' | 'call.twiml' | 'call.amd';
  readonly callSid: string;
  readonly conversationSid: string | null;
  readonly target: CallUrl;
  /** All fields, as they are sent. */
  readonly fields: Readonly<Record<string, string>>;
}
