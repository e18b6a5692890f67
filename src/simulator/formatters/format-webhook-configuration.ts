import { type WebhookConfiguration } from '../entities/webhook-configuration';

/** The account's webhook configuration as the API answers it. */
export function formatAccountWebhooks(
  accountSid: string,
  url: string,
  configuration: WebhookConfiguration,
): Record<string, unknown> {
  return { account_sid: accountSid, ...formatTargets(configuration), target: 'webhook', url };
}

/** A service's webhook configuration as the API answers it. */
export function formatServiceWebhooks(
  accountSid: string,
  serviceSid: string,
  url: string,
  configuration: WebhookConfiguration,
): Record<string, unknown> {
  return { account_sid: accountSid, chat_service_sid: serviceSid, ...formatTargets(configuration), url };
}

function formatTargets(configuration: WebhookConfiguration): Record<string, unknown> {
  return {
    method: configuration.method,
    filters: configuration.filters,
    pre_webhook_url: configuration.preWebhookUrl,
    post_webhook_url: configuration.postWebhookUrl,
  };
}
