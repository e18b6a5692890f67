import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A call as the receiver got it. */
export interface ReceivedCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers a call; calls are counted from 1. */
export type Answer = (response: ServerResponse, number: number, call: ReceivedCall) => void;

/** Somebody who is called, on a free port of this machine. */
export interface Receiver {
  readonly port: number;
  readonly url: string;
  readonly calls: readonly ReceivedCall[];
  answerWith(answer: Answer): void;
  stop(): Promise<void>;
}

/** Answers 204 until told otherwise. */
export const takeIt: Answer = (response) => void response.writeHead(204).end();

/** Answers with a status and nothing else. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => void response.writeHead(code, headers).end();
}

export async function startReceiver(): Promise<Receiver> {
  const calls: ReceivedCall[] = [];
  let answer = takeIt;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const call = { path: request.url ?? '', headers: request.headers, body };
      calls.push(call);
      answer(response, calls.length, call);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    answerWith: (next) => {
      answer = next;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
