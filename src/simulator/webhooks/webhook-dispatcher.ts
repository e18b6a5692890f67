import { type Activity } from '../activity';
import { type WebhookConfiguration } from '../entities/webhook-configuration';
import { type Logs } from '../logs/logs';
import { type SimulatorEvent } from '../logs/simulator-event';
import { type SimulatorOptions } from '../simulator-options';
import { type SimulatorState } from '../state/simulator-state';
import { prepareWebhookCall } from './webhook-call';
import { type WebhookEvent } from './webhook-event';
import { type WebhookAgents, createWebhookAgents, sendWebhookRequest } from './webhook-request';

/** Sends events to whoever is configured to hear of them: the account's URL and the service's. */
export interface WebhookDispatcher {
  /**
   * Sends once, never again.
   * @param copy which of several of the same event, from 1
   * @returns resolves when every receiver has answered or was given up
   */
  send(event: WebhookEvent, copy?: number): Promise<void>;
  /** Notes that the event was kept back on purpose. */
  drop(event: WebhookEvent): void;
  /** Closes the connections; what is sent afterwards goes nowhere. */
  close(): void;
}

interface Dependencies {
  readonly options: SimulatorOptions;
  readonly state: SimulatorState;
  readonly logs: Logs;
  readonly activity: Activity;
}

/** A dispatcher with connections of its own. */
export function createWebhookDispatcher(dependencies: Dependencies): WebhookDispatcher {
  const { state, logs, activity } = dependencies;
  const agents = createWebhookAgents();
  let isClosed = false;
  return {
    async send(event, copy = 1) {
      if (isClosed) {
        return;
      }
      const end = activity.begin();
      const receivers = receiversOf(state, event);
      await Promise.all(receivers.map((receiver) => sendTo(dependencies, agents, receiver, event, copy)));
      end();
    },
    drop: (event) => note(logs, 'webhook.dropped', event, { copy: 1 }),
    close() {
      isClosed = true;
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

type Receiver = Pick<WebhookConfiguration, 'method'> & { readonly url: string };

function receiversOf({ services, accountWebhooks }: SimulatorState, event: WebhookEvent): Receiver[] {
  const service = services.get(event.serviceSid);
  const configurations = service === undefined ? [] : [service.webhooks, accountWebhooks];
  return configurations.flatMap(({ method, filters, postWebhookUrl: url }) =>
    url !== null && filters.includes(event.eventType) ? [{ method, url }] : [],
  );
}

async function sendTo(
  { options, state, logs }: Dependencies,
  agents: WebhookAgents,
  receiver: Receiver,
  event: WebhookEvent,
  copy: number,
): Promise<void> {
  const { eventType, serviceSid, conversationSid, messageSid } = event;
  const common = { AccountSid: state.accountSid, EventType: eventType, ChatServiceSid: serviceSid, RetryCount: '0' };
  const fields = { ...common, ...event.fields };
  const call = prepareWebhookCall(options, receiver.method, receiver.url, fields);
  const startedAt = performance.now();
  const { status, error } = await sendWebhookRequest(agents, call, options.webhookTimeoutMs);
  const durationMs = Math.round(performance.now() - startedAt);
  const { method, url, signature } = call;
  logs.webhooks.append({
    eventType,
    url,
    method,
    fields,
    signature,
    conversationSid,
    messageSid,
    status,
    error,
    durationMs,
  });
  const isTaken = status !== null && status >= 200 && status < 300;
  const kind = isTaken ? 'webhook.answered' : 'webhook.failed';
  note(logs, kind, event, { copy, httpStatus: status, reason: error });
}

function note(
  { events }: Logs,
  kind: SimulatorEvent['kind'],
  { eventType, conversationSid, messageSid, fields }: WebhookEvent,
  outcome: SimulatorEvent['detail'],
): void {
  const { Status: status, ErrorCode: errorCode, DeliveryReceiptSid: deliveryReceiptSid, ParticipantSid } = fields;
  events.append({
    kind,
    conversationSid,
    ...(messageSid === null ? {} : { messageSid }),
    ...(deliveryReceiptSid === undefined ? {} : { deliveryReceiptSid }),
    ...(ParticipantSid === undefined ? {} : { participantSid: ParticipantSid }),
    detail: {
      eventType,
      ...(status === undefined ? {} : { status }),
      ...(errorCode === undefined ? {} : { errorCode: Number(errorCode) }),
      ...outcome,
    },
  });
}
