import http from 'node:http';
import https from 'node:https';
import { type WebhookCall } from './webhook-call';

/** Longest time that Twilio waits for the answer to a Conversations webhook. */
export const WEBHOOK_TIMEOUT_MS = 5_000;

/** Connections to one receiver at a time; more than that wait for one to become free. */
const MOST_SOCKETS = 256;

/** The connections that the webhooks of one simulator use. */
export interface WebhookAgents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

/** Longest answer that is kept: Twilio takes TwiML of up to 64 KB. The rest is let go. */
const LARGEST_ANSWER_BYTES = 64 * 1024;

/** What came of it: an HTTP status with the body, or the reason in words why there is none. */
export type WebhookResult =
  | { readonly status: number; readonly error: null; readonly body: string }
  | { readonly status: null; readonly error: string; readonly body: '' };

/** Agents that keep connections open between webhooks. */
export function createWebhookAgents(): WebhookAgents {
  const options = { keepAlive: true, maxSockets: MOST_SOCKETS };
  return { http: new http.Agent(options), https: new https.Agent(options) };
}

/** Sends one webhook, once. Redirects are not followed. Never rejects. @param timeoutMs limit in milliseconds */
export function sendWebhookRequest(
  agents: WebhookAgents,
  call: WebhookCall,
  timeoutMs: number,
): Promise<WebhookResult> {
  return new Promise((resolve) => {
    const isSecure = call.target.protocol === 'https:';
    const agent = isSecure ? agents.https : agents.http;
    const sent = (isSecure ? https : http).request(call.target, { method: call.method, agent, headers: call.headers });
    let timeout: NodeJS.Timeout | undefined;
    const settle = (result: WebhookResult): void => {
      clearTimeout(timeout);
      resolve(result);
    };
    // The clock starts with the connection, not while waiting for one to become free.
    sent.once('socket', () => {
      timeout = setTimeout(() => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    });
    const fail = (error: Error): void => settle({ status: null, error: error.message, body: '' });
    sent.once('error', fail);
    sent.once('response', (response) => {
      response.once('error', fail);
      readBody(response, (body) => settle({ status: response.statusCode ?? 0, error: null, body }));
    });
    sent.end(call.body);
  });
}

function readBody(response: http.IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LARGEST_ANSWER_BYTES) {
      chunks.push(chunk);
    }
  });
  response.once('end', () => done(Buffer.concat(chunks).toString('utf8')));
}
