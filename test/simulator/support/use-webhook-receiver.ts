import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo } from 'node:net';

/** A webhook as it came in. */
export interface ReceivedWebhook {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly signature: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** An HTTP server that takes webhooks down. */
export interface WebhookReceiver {
  origin(): string;
  received(): readonly ReceivedWebhook[];
  /** How it answers from now on: a status, or not at all. */
  answerWith(status: number | 'nothing'): void;
  /** What it answers at a path, whatever the query, from now on: TwiML for one. */
  answerAt(path: string, body: string): void;
}

/** Starts a receiver before each test of the file and stops it afterwards. */
export function useWebhookReceiver(): WebhookReceiver {
  let received: ReceivedWebhook[] = [];
  let answer: number | 'nothing' = 200;
  const bodies = new Map<string, string>();
  let server: http.Server;

  async function take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const webhook = await readWebhook(request);
    received.push(webhook);
    if (answer !== 'nothing') {
      response.writeHead(answer).end(bodies.get(webhook.path.replace(/\?.*$/, '')));
    }
  }

  beforeEach(async () => {
    received = [];
    answer = 200;
    bodies.clear();
    server = http.createServer((request, response) => void take(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });

  return {
    origin: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    answerWith(next) {
      answer = next;
    },
    answerAt: (path, body) => void bodies.set(path, body),
  };
}

async function readWebhook(request: http.IncomingMessage): Promise<ReceivedWebhook> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    signature: String(request.headers['x-twilio-signature']),
    fields: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))),
  };
}
