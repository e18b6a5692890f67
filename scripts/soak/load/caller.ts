import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { type Random } from '../random';
import { type Tally } from '../tally';

/** How often a first try of a callback ends so. */
const ANSWERS = { taken: 85, 'taken, answer lost': 4, refused: 5, reset: 4, gone: 2 } as const;
type Answer = keyof typeof ANSWERS;

const STATUS = { taken: 204, refused: 500, gone: 410, forged: 401 } as const;

export interface CallerOptions {
  /** `whsec_…` of the tenant. */
  readonly secret: string;
  readonly random: Random;
  readonly tally: Tally;
}

/** Somebody who sent messages and is told what becomes of them, on a free port of this machine. */
export interface Caller {
  readonly callbackUrl: string;
  /** The ids of the callbacks that it took. */
  readonly takenIds: ReadonlySet<string>;
  /** Takes everything from now on, at the first try. */
  settleDown(): void;
  stop(): Promise<void>;
}

/**
 * Listens for callbacks, verifies them and fails now and then, but no callback more than once. A wrong signature, and an id
 * that comes with another text than before, are problems.
 */
export async function startCaller({ random, secret, tally }: CallerOptions): Promise<Caller> {
  const webhook = new Webhook(secret);
  const bodies = new Map<string, string>();
  const takenIds = new Set<string>();
  let isTroubled = true;

  const choose = (callbackId: string, body: string): Answer => {
    const before = bodies.get(callbackId);
    bodies.set(callbackId, body);
    if (before !== undefined && before !== body) {
      tally.problem(`callback ${callbackId} says something else than the time before`);
    }
    return before === undefined && isTroubled ? random.weighted(ANSWERS) : 'taken';
  };
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const callbackId = String(request.headers['webhook-id']);
    if (!verifies(webhook, body, request)) {
      tally.problem(`callback ${callbackId} has a signature that does not hold`);
      response.writeHead(STATUS.forged).end();
      return;
    }
    const answer = choose(callbackId, body);
    tally.add(`callback:${answer}`);
    if (answer === 'taken' || answer === 'taken, answer lost') {
      takenIds.add(callbackId);
    }
    if (answer === 'reset' || answer === 'taken, answer lost') {
      request.socket.destroy();
    } else {
      response.writeHead(STATUS[answer]).end();
    }
  };
  // A caller that breaks off in the middle of its request is heard again.
  const server = createServer((request, response) => void hear(request, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    callbackUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/posthorn`,
    takenIds,
    settleDown: () => {
      isTroubled = false;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function verifies(webhook: Webhook, body: string, { headers }: IncomingMessage): boolean {
  try {
    webhook.verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
