import { type Conversation } from './conversation';
import { type WebhookConfiguration } from './webhook-configuration';

/** A conversation service with all that belongs to it. */
export interface Service {
  readonly serviceSid: string;
  readonly friendlyName: string;
  readonly webhooks: WebhookConfiguration;
  readonly createdAt: Date;
  /** In the order of their making; a deleted one leaves a hole, so that page tokens stay right. */
  readonly conversations: (Conversation | undefined)[];
  readonly conversationsByUniqueName: Map<string, Conversation>;
}
