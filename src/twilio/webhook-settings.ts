/** Where the webhooks of a conversation service, or of the account, go, and which. */
export interface WebhookSettings {
  readonly method: string;
  readonly postWebhookUrl: string | undefined;
  readonly filters: readonly string[];
  /** Where Twilio asks before it lets something happen; posthorn needs none. */
  readonly preWebhookUrl: string | undefined;
}

/** The events that posthorn lives on: receipts, and messages of either side. */
const NEEDED_FILTERS = ['onDeliveryUpdated', 'onMessageAdded'];

/** Where Twilio's webhooks reach posthorn, by what they tell of. */
export function webhookUrl(publicBaseUrl: string, endpoint: 'conversations' | 'messaging' | 'voice'): string {
  return `${publicBaseUrl}/webhooks/twilio/${endpoint}`;
}

/** The settings that the conversation service needs. */
export function neededWebhooks(publicBaseUrl: string): WebhookSettings {
  return {
    method: 'POST',
    postWebhookUrl: webhookUrl(publicBaseUrl, 'conversations'),
    filters: NEEDED_FILTERS,
    preWebhookUrl: undefined,
  };
}

/** One line of a difference: a field, what it is, and what it has to be; undefined is nothing. */
export interface WebhookDifference {
  readonly field: 'Method' | 'PostWebhookUrl' | 'Filters';
  readonly is: string | undefined;
  readonly needed: string | undefined;
}

/** What has to change, in the order of the fields; empty when all is as it has to be. A pre-action URL is no part of it. */
export function differences(actual: WebhookSettings, needed: WebhookSettings): WebhookDifference[] {
  const lines: WebhookDifference[] = [
    { field: 'Method', is: actual.method, needed: needed.method },
    { field: 'PostWebhookUrl', is: actual.postWebhookUrl, needed: needed.postWebhookUrl },
    ...needed.filters.map((filter) => ({
      field: 'Filters' as const,
      is: actual.filters.includes(filter) ? filter : undefined,
      needed: filter,
    })),
    ...actual.filters
      .filter((filter) => !needed.filters.includes(filter))
      .map((filter) => ({ field: 'Filters' as const, is: filter, needed: undefined })),
  ];
  return lines.filter(({ is, needed: wanted }) => is !== wanted);
}

/** Whether nothing is missing: only events that posthorn has no use for come too. */
export function isOnlyTooMuch(lines: readonly WebhookDifference[]): boolean {
  return lines.every(({ needed }) => needed === undefined);
}

/** The lines of a difference as `diff` writes them: `-` is what is there, `+` what has to be. */
export function describeDifferences(lines: readonly WebhookDifference[]): string[] {
  return lines.flatMap(({ field, is, needed }) => [
    ...(is === undefined ? [] : [`- ${field}=${is}`]),
    ...(needed === undefined ? [] : [`+ ${field}=${needed}`]),
  ]);
}
