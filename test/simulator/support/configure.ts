import { configureWebhooks } from '../../../src/simulator/configure-webhooks';
import { ACCOUNT_SID, AUTH_TOKEN, SERVICE_SID } from './identifiers';

/** Has the service's webhooks sent to the URL; by default only those of receipts. */
export async function sendWebhooksTo(
  simulatorUrl: string,
  webhookUrl: string,
  filters: readonly string[] = ['onDeliveryUpdated'],
): Promise<void> {
  await configureWebhooks({
    url: simulatorUrl,
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    serviceSid: SERVICE_SID,
    webhookUrl,
    filters,
  });
}
