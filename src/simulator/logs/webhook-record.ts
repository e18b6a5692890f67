/** One webhook that was sent, with what came of it. */
export interface WebhookRecord {
  readonly eventType: string;
  /** The configured URL, over which it was signed. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly fields: Readonly<Record<string, string>>;
  readonly signature: string;
  readonly conversationSid: string | null;
  readonly messageSid: string | null;
  /** The call it is about; webhooks of Conversations have none. */
  readonly callSid?: string;
  /** HTTP status of the answer; null when there was none. */
  readonly status: number | null;
  /** Why there was no answer, in words; null when there was one. */
  readonly error: string | null;
  readonly durationMs: number;
}
