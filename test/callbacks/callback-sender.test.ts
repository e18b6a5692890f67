import { type LookupFunction } from 'node:net';
import { type CallbackAnswer, createCallbackSender } from '../../src/callbacks/callback-sender';
import { type Receiver, startReceiver, status, takeIt } from './support/start-receiver';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());
beforeEach(() => receiver.answerWith(takeIt));

const REQUEST = { headers: { 'content-type': 'application/json' }, body: '{"type":"message.sent"}' };
const SPECIAL_ADDRESS = expect.stringContaining('leads to a private, loopback, link-local') as string;

/** Every name has these addresses. */
function resolvingTo(...addresses: string[]): LookupFunction {
  return (_hostname, options, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all === true) {
      callback(null, found);
    } else {
      callback(null, found[0]?.address ?? '', found[0]?.family);
    }
  };
}

async function callsMadeBy(send: () => Promise<unknown>): Promise<number> {
  const before = receiver.calls.length;
  await send();
  return receiver.calls.length - before;
}

describe('where private addresses are allowed', () => {
  const send = createCallbackSender({ allowPrivate: true, timeoutMs: 5_000 });
  const answerTo = (answer: Parameters<Receiver['answerWith']>[0]): Promise<CallbackAnswer> => {
    receiver.answerWith(answer);
    return send({ url: receiver.url, ...REQUEST });
  };

  it('posts the body with its headers', async () => {
    await expect(send({ url: `${receiver.url}?token=1`, ...REQUEST })).resolves.toEqual({ kind: 'taken' });
    expect(receiver.calls.at(-1)).toMatchObject({
      path: '/hook?token=1',
      body: REQUEST.body,
      headers: { 'content-type': 'application/json', 'content-length': String(REQUEST.body.length) },
    });
  });

  it.each([200, 201, 202, 204])('%i is taken', async (code) => {
    await expect(answerTo(status(code))).resolves.toEqual({ kind: 'taken' });
  });

  it('410 is gone', async () => {
    await expect(answerTo(status(410))).resolves.toMatchObject({ kind: 'gone' });
  });

  it.each([400, 401, 404, 429, 500, 503])('%i is to be tried again', async (code) => {
    await expect(answerTo(status(code))).resolves.toEqual({ kind: 'failed', problem: `the caller answered ${code}` });
  });

  it('says how long the caller wants to be left alone', async () => {
    await expect(answerTo(status(503, { 'retry-after': '7' }))).resolves.toMatchObject({ retryAfterMs: 7_000 });
  });

  it.each([301, 302, 307, 308])('%i is not followed', async (code) => {
    const calls = await callsMadeBy(async () => {
      await expect(answerTo(status(code, { location: receiver.url }))).resolves.toMatchObject({
        kind: 'failed',
        problem: expect.stringContaining('follows no redirects') as string,
      });
    });
    expect(calls).toBe(1);
  });

  it('is taken however long the answer is, and reads no more than it must', async () => {
    let written = 0;
    const answer = await answerTo((response) => {
      response.writeHead(200);
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) {
          written += 16_384;
        }
      };
      response.on('drain', pour);
      pour();
    });
    expect(answer).toEqual({ kind: 'taken' });
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it('is taken when the connection breaks after the status', async () => {
    const answer = answerTo((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('x', () => response.destroy());
    });
    await expect(answer).resolves.toEqual({ kind: 'taken' });
  });

  it('gives up on a caller that does not answer in time', async () => {
    receiver.answerWith(() => undefined);
    const hasty = createCallbackSender({ allowPrivate: true, timeoutMs: 50 });
    await expect(hasty({ url: receiver.url, ...REQUEST })).resolves.toEqual({
      kind: 'failed',
      problem: 'the caller did not answer within 50 ms',
    });
  });

  it('gives up on a caller whose answer has no end, and takes its status', async () => {
    receiver.answerWith((response) => void response.writeHead(200).write('x'));
    const hasty = createCallbackSender({ allowPrivate: true, timeoutMs: 2_000 });
    await expect(hasty({ url: receiver.url, ...REQUEST })).resolves.toEqual({ kind: 'taken' });
  });

  it('says why nobody was reached, without the address', async () => {
    const gone = await startReceiver();
    await gone.stop();
    const answer = await send({ url: `${gone.url}?token=secret`, ...REQUEST });
    expect(answer).toEqual({ kind: 'failed', problem: 'the caller could not be reached (ECONNREFUSED)' });
  });

  it('speaks TLS where the URL says so', async () => {
    const answer = await send({ url: receiver.url.replace('http:', 'https:'), ...REQUEST });
    expect(answer).toMatchObject({
      kind: 'failed',
      problem: expect.stringContaining('could not be reached') as string,
    });
  });
});

describe('where they are not', () => {
  it.each([
    'https://127.0.0.1',
    'https://127.8.9.1',
    'https://localhost',
    'https://[::1]',
    'https://0.0.0.0',
    'https://[::]',
    'https://10.1.2.3',
    'https://172.16.0.1',
    'https://192.168.1.1',
    'https://100.64.0.1',
    'https://169.254.169.254',
    'https://[fe80::1]',
    'https://[fd00::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:a9fe:a9fe]',
    'https://[64:ff9b::7f00:1]',
    'https://2130706433',
    'https://0x7f000001',
    'https://0177.0.0.1',
    'https://127.1',
  ])('%s is not called', async (origin) => {
    const send = createCallbackSender({ allowPrivate: false });
    const calls = await callsMadeBy(async () => {
      const answer = await send({ url: `${origin}:${receiver.port}/hook`, ...REQUEST });
      expect(answer).toEqual({ kind: 'failed', problem: SPECIAL_ADDRESS });
    });
    expect(calls).toBe(0);
  });

  it.each([
    ['a private one', ['10.0.0.1']],
    ['a loopback one', ['127.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['a mapped one', ['::ffff:127.0.0.1']],
    ['a public and a private one', ['93.184.216.34', '192.168.0.1']],
  ])('a name whose address is %s is not called', async (_which, addresses) => {
    const send = createCallbackSender({ allowPrivate: false, lookup: resolvingTo(...addresses) });
    const answer = await send({ url: `https://innocent.example:${receiver.port}/hook`, ...REQUEST });
    expect(answer).toEqual({ kind: 'failed', problem: SPECIAL_ADDRESS });
  });

  it('http is not spoken', async () => {
    const send = createCallbackSender({ allowPrivate: false });
    const answer = await send({ url: 'http://example.com/hook', ...REQUEST });
    expect(answer).toMatchObject({ kind: 'failed', problem: expect.stringContaining('is not https') as string });
  });
});
