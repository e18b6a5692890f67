import { Router } from '@koa/router';
import { type RequestState } from '../app-context';
import { conversationsWebhook } from './webhooks/conversations';
import { messagingWebhook } from './webhooks/messaging';

export type WebhookRouterDependencies = Parameters<typeof conversationsWebhook>[0] &
  Parameters<typeof messagingWebhook>[0];

/** What Twilio posts; everything needs its signature. */
export function createWebhookRouter(deps: WebhookRouterDependencies): Router<RequestState> {
  return new Router<RequestState>({ prefix: '/webhooks/twilio' })
    .post('/conversations', conversationsWebhook(deps))
    .post('/messaging', messagingWebhook(deps));
}
