/** Something that a webhook tells, before it is known whether and where to. */
export interface WebhookEvent {
  readonly eventType: string;
  readonly serviceSid: string;
  /** Without AccountSid, EventType and ChatServiceSid, which every webhook has. */
  readonly fields: Readonly<Record<string, string>>;
  readonly conversationSid: string;
  readonly messageSid: string | null;
}
