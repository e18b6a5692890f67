import { type IncomingMessage, type RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { RequestClient, type RequestClientOptions } from '../../src/twilio/request-client';
import { TransportFault } from '../../src/twilio/transport-fault';
import { TwilioAnswer } from '../../src/twilio/twilio-answer';
import { bodyOf, type LocalServer, startHttpServer, startTcpServer, unusedPort } from './local-server';

const NOW_MS = Date.parse('2026-03-01T12:00:00Z');
const servers: LocalServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(listener: RequestListener): Promise<LocalServer> {
  const server = await startHttpServer(listener);
  servers.push(server);
  return server;
}

function clientOf(port: number, options: Partial<RequestClientOptions> = {}): RequestClient {
  const baseUrl = `http://127.0.0.1:${port}`;
  return new RequestClient({
    baseUrl,
    requestTimeoutMs: 5_000,
    connectTimeoutMs: 2_000,
    now: () => NOW_MS,
    ...options,
  });
}

/** A create as the SDK makes it, with a secret, a number and a text in it. */
function post(client: RequestClient, uri = 'https://conversations.twilio.com/v1/Services/IS1/Conversations') {
  return client.request({
    method: 'post',
    uri,
    username: 'SK1',
    password: 'top-secret',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    data: { Body: 'see you at 8', 'MessagingBinding.Address': '+15550100001' },
  });
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeDefined();
  expect(inspect(error, { depth: 10 })).not.toMatch(/top-secret|5550100001|see you|dG9wL|U0sx/);
  return error;
}

function answerJson(status: number, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ code: 20429, message: 'Too many for +15550100001', status }));
  };
}

describe('the base URL', () => {
  test.each([
    ['https://conversations.twilio.com/v1/Services?PageSize=5', '', '/v1/Services?PageSize=5'],
    ['https://api.twilio.com/2010-04-01/Accounts.json', '', '/2010-04-01/Accounts.json'],
    ['https://conversations.dublin.ie1.twilio.com/v1/Services', '/proxy/', '/proxy/v1/Services'],
  ])('%s under "%s" becomes %s', async (uri, basePath, expected) => {
    const seen: IncomingMessage[] = [];
    const { port } = await serve((request, response) => {
      seen.push(request);
      response.end('{}');
    });
    await post(clientOf(port, { baseUrl: `http://127.0.0.1:${port}${basePath}` }), uri);
    expect(seen.map(({ url, headers }) => [url, headers.host])).toEqual([[expected, `127.0.0.1:${port}`]]);
  });

  test('leaves login and form as they are', async () => {
    const seen: string[] = [];
    const { port } = await serve((request, response) => {
      void bodyOf(request).then((body) => {
        seen.push(request.headers.authorization ?? '', body);
        response.end('{}');
      });
    });
    await post(clientOf(port));
    expect(seen).toEqual([
      `Basic ${Buffer.from('SK1:top-secret').toString('base64')}`,
      'Body=see%20you%20at%208&MessagingBinding.Address=%2B15550100001',
    ]);
  });
});

test('connections are kept and used again', async () => {
  const ports = new Set<number | undefined>();
  const { port } = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('{}');
  });
  const client = clientOf(port);
  await post(client);
  await post(client);
  expect(ports.size).toBe(1);
});

describe('an answer that is no success', () => {
  test.each<readonly [string, Record<string, string>, number | undefined]>([
    ['seconds', { 'retry-after': '2' }, 2000],
    ['a date', { 'retry-after': 'Sun, 01 Mar 2026 12:00:05 GMT' }, 5000],
    ['none', {}, undefined],
  ])('keeps Retry-After as %s', async (_name, headers, retryAfterMs) => {
    const { port } = await serve(answerJson(429, headers));
    const error = await failureOf(post(clientOf(port)));
    expect(error).toBeInstanceOf(TwilioAnswer);
    expect(error).toMatchObject({ status: 429, code: 20429, retryAfterMs, message: 'Too many for [number]' });
  });

  test('is not repeated by the client', async () => {
    let requests = 0;
    const { port } = await serve((request, response) => {
      requests += 1;
      answerJson(429)(request, response);
    });
    await failureOf(post(clientOf(port)));
    expect(requests).toBe(1);
  });

  test.each<readonly [number, string]>([
    [502, '<html>Bad gateway</html>'],
    [503, ''],
    [302, ''],
    [400, 'null'],
    [400, '["x"]'],
  ])('HTTP %d with "%s" has a status alone', async (status, body) => {
    const { port } = await serve((_request, response) =>
      response.writeHead(status, { location: '/elsewhere' }).end(body),
    );
    const error = await failureOf(post(clientOf(port)));
    expect(error).toBeInstanceOf(TwilioAnswer);
    expect(error).toMatchObject({ status, code: undefined });
  });

  test('in the RFC 9457 form gives its code and detail', async () => {
    const { port } = await serve((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ type: 'x', title: 'Bad', detail: 'No such sender', status: 400, code: 50407 }));
    });
    expect(await failureOf(post(clientOf(port)))).toMatchObject({
      status: 400,
      code: 50407,
      message: 'No such sender',
    });
  });
});

describe('no answer', () => {
  test('nobody listens: never sent', async () => {
    const error = await failureOf(post(clientOf(await unusedPort())));
    expect(error).toBeInstanceOf(TransportFault);
    expect(error).toMatchObject({ networkCode: 'ECONNREFUSED', wasNeverSent: true });
  });

  test('the TLS handshake does not end: never sent', async () => {
    const server = await startTcpServer(() => undefined);
    servers.push(server);
    const error = await failureOf(
      post(clientOf(0, { baseUrl: `https://127.0.0.1:${server.port}`, connectTimeoutMs: 50 })),
    );
    expect(error).toMatchObject({ networkCode: 'ETIMEDOUT', wasNeverSent: true });
  });

  test('the connection is cut: it may have arrived', async () => {
    const { port } = await serve((request) => request.socket.resetAndDestroy());
    expect(await failureOf(post(clientOf(port)))).toMatchObject({ networkCode: 'ECONNRESET', wasNeverSent: false });
  });

  test('the answer is cut off: it may have arrived', async () => {
    const { port } = await serve((request, response) => {
      response.writeHead(201, { 'content-length': '100' });
      response.write('{"sid":', () => request.socket.destroy());
    });
    expect(await failureOf(post(clientOf(port)))).toMatchObject({ wasNeverSent: false });
  });

  test('the answer does not come in time: it may have arrived', async () => {
    const { port } = await serve(() => undefined);
    const startedMs = performance.now();
    const error = await failureOf(post(clientOf(port, { requestTimeoutMs: 100 })));
    expect(error).toBeInstanceOf(TransportFault);
    expect(error).toMatchObject({ wasNeverSent: false });
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  test('the answer comes in drops that never end: the limit holds for the whole', async () => {
    const { port } = await serve((_request, response) => {
      response.writeHead(201);
      const drops = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drops));
    });
    expect(await failureOf(post(clientOf(port, { requestTimeoutMs: 150 })))).toMatchObject({ wasNeverSent: false });
  });
});
