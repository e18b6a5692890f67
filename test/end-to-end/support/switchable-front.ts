import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo } from 'node:net';

/** What stands at the public address, in front of an API, and does what a test says. */
export interface SwitchableFront {
  readonly url: string;
  /** Passes requests on to a server of this machine, with the path as it came. */
  forwardTo(url: string): void;
  /** Answers every request itself, with this status. */
  answerAll(status: number): void;
  stop(): Promise<void>;
}

/** Listens on a free port; until it is told otherwise it answers 502. */
export async function startSwitchableFront(): Promise<SwitchableFront> {
  let target: string | undefined;
  let fixedStatus = 502;
  const server = http.createServer((request, response) => {
    if (target === undefined) {
      request.resume();
      response.writeHead(fixedStatus).end();
      return;
    }
    const { headers, method, url } = request;
    const onward = http.request(new URL(url ?? '/', target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwardTo: (url) => void (target = url),
    answerAll: (status) => {
      target = undefined;
      fixedStatus = status;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
