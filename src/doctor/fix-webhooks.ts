import { type ConversationServiceSid } from '../domain/sid';
import { type AccountGateway } from '../twilio/account-gateway';
import { describeDifferences, differences, neededWebhooks, type WebhookDifference } from '../twilio/webhook-settings';

/** Whose webhooks, and where they have to lead. */
export interface WebhookTarget {
  readonly conversationServiceSid: ConversationServiceSid;
  readonly publicBaseUrl: string;
}

/** What came of an attempt to set the webhooks right: the lines of the difference, and whether they were applied. */
export interface WebhookFix {
  readonly lines: readonly string[];
  readonly isApplied: boolean;
}

/** How the webhooks of the service differ from what posthorn needs. */
export async function webhookDifferences(twilio: AccountGateway, target: WebhookTarget): Promise<WebhookDifference[]> {
  const actual = await twilio.readServiceWebhooks(target.conversationServiceSid);
  return differences(actual, neededWebhooks(target.publicBaseUrl));
}

/**
 * Sets URL, method and filters of the service as posthorn needs them, if they differ and `agree` says yes to the
 * lines of the difference.
 */
export async function fixWebhooks(
  twilio: AccountGateway,
  target: WebhookTarget,
  agree: (lines: readonly string[]) => Promise<boolean>,
): Promise<WebhookFix> {
  const lines = describeDifferences(await webhookDifferences(twilio, target));
  if (lines.length === 0 || !(await agree(lines))) {
    return { lines, isApplied: false };
  }
  await twilio.setServiceWebhooks(target.conversationServiceSid, neededWebhooks(target.publicBaseUrl));
  return { lines, isApplied: true };
}
