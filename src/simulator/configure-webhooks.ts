/** The webhooks that an application needs to follow deliveries and replies. */
export const DELIVERY_FILTERS = ['onDeliveryUpdated', 'onMessageAdded'] as const;

/** Whose webhooks to configure, and where they go. */
export interface WebhookTarget {
  /** Base URL of the simulator. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly serviceSid: string;
  readonly webhookUrl: string;
  readonly filters: readonly string[];
}

/** Configures a service's webhooks over the REST API, the way it is done at Twilio. @throws Error with the refusal */
export async function configureWebhooks(target: WebhookTarget): Promise<void> {
  const form = new URLSearchParams({ Method: 'POST', PostWebhookUrl: target.webhookUrl });
  for (const filter of target.filters) {
    form.append('Filters', filter);
  }
  const credentials = Buffer.from(`${target.accountSid}:${target.authToken}`).toString('base64');
  const answer = await fetch(`${target.url}/v1/Services/${target.serviceSid}/Configuration/Webhooks`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: form,
  });
  if (!answer.ok) {
    throw new Error(`the webhook configuration was refused with ${answer.status}: ${await answer.text()}`);
  }
}
