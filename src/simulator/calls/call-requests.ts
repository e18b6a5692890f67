import { type Activity } from '../activity';
import { type Logs } from '../logs/logs';
import { type SimulatorOptions } from '../simulator-options';
import { prepareWebhookCall } from '../webhooks/webhook-call';
import { type WebhookResult, createWebhookAgents, sendWebhookRequest } from '../webhooks/webhook-request';
import { type CallWebhook } from './call-webhook';

/** Sends the requests that calls make: signed over the URL with its query, as Twilio does. */
export interface CallRequests {
  /** Sends once. Never rejects. @param copy which of several of the same, from 1 */
  send(webhook: CallWebhook, copy?: number): Promise<WebhookResult>;
  /** Notes that it was kept back on purpose. */
  drop(webhook: CallWebhook): void;
  /** Closes the connections; what is sent afterwards goes nowhere. */
  close(): void;
}

interface Dependencies {
  readonly options: SimulatorOptions;
  readonly logs: Logs;
  readonly activity: Activity;
}

/** The requests of all calls, with connections of their own. */
export function createCallRequests({ options, logs, activity }: Dependencies): CallRequests {
  const agents = createWebhookAgents();
  let isClosed = false;

  async function send(webhook: CallWebhook, copy: number): Promise<WebhookResult> {
    const { eventType, target, fields, callSid, conversationSid } = webhook;
    const { method, url, signature, ...prepared } = prepareWebhookCall(options, target.method, target.url, fields);
    const startedAtMs = performance.now();
    const result = await sendWebhookRequest(agents, { method, url, signature, ...prepared }, options.voiceTimeoutMs);
    const { status, error } = result;
    const durationMs = Math.round(performance.now() - startedAtMs);
    const about = { eventType, callSid, conversationSid, messageSid: null };
    logs.webhooks.append({ ...about, url, method, fields, signature, status, error, durationMs });
    note(logs, 'call.told', webhook, { copy, httpStatus: status, reason: error });
    return result;
  }

  return {
    async send(webhook, copy = 1) {
      if (isClosed) {
        return { status: null, error: 'the simulator is stopping', body: '' };
      }
      const end = activity.begin();
      const result = await send(webhook, copy);
      end();
      return result;
    },
    drop: (webhook) => note(logs, 'call.untold', webhook, { copy: 1 }),
    close() {
      isClosed = true;
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function note(
  { events }: Logs,
  kind: 'call.told' | 'call.untold',
  { eventType, callSid, conversationSid, fields }: CallWebhook,
  outcome: Readonly<Record<string, string | number | null>>,
): void {
  const { CallStatus: status, SequenceNumber: sequenceNumber, AnsweredBy: answeredBy } = fields;
  events.append({
    kind,
    callSid,
    ...(conversationSid === null ? {} : { conversationSid }),
    detail: {
      eventType,
      ...(status === undefined ? {} : { status }),
      ...(sequenceNumber === undefined ? {} : { sequenceNumber: Number(sequenceNumber) }),
      ...(answeredBy === undefined ? {} : { answeredBy }),
      ...outcome,
    },
  });
}
