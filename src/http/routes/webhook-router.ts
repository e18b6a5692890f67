import { Router } from '@koa/router';
import { type RequestState } from '../app-context';
import { conversationsWebhook } from './webhooks/conversations';
import { messagingWebhook } from './webhooks/messaging';
import { voiceWebhook } from './webhooks/voice';
import { traceWebhook, type TraceWebhookDependencies } from './webhooks/trace-webhook';

export type WebhookRouterDependencies = Parameters<typeof conversationsWebhook>[0] &
  Parameters<typeof messagingWebhook>[0] &
  Parameters<typeof voiceWebhook>[0] &
  TraceWebhookDependencies;

/** What Twilio posts; everything needs its signature, and leaves a trace. */
export function createWebhookRouter(deps: WebhookRouterDependencies): Router<RequestState> {
  return new Router<RequestState>({ prefix: '/webhooks/twilio' })
    .post('/conversations', traceWebhook(deps, 'conversations'), conversationsWebhook(deps))
    .post('/messaging', traceWebhook(deps, 'messaging'), messagingWebhook(deps))
    .post('/voice', traceWebhook(deps, 'voice'), voiceWebhook(deps));
}
