/** Where webhooks go and which; one for the account and one for each service. */
export interface WebhookConfiguration {
  method: 'GET' | 'POST';
  /** Event names; those that are not here do not fire. */
  filters: string[];
  /** Stored and shown; pre-action webhooks are not played. */
  preWebhookUrl: string | null;
  postWebhookUrl: string | null;
}

/** A configuration that sends nothing, as a new service has it. */
export function emptyWebhookConfiguration(): WebhookConfiguration {
  return { method: 'POST', filters: [], preWebhookUrl: null, postWebhookUrl: null };
}
