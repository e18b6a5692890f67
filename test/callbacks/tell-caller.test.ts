import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Webhook } from 'standardwebhooks';
import { createTellCaller, type TellCallerResult } from '../../activities/tell-caller';
import { type CallbackAnswer, type CallbackRequest } from '../../src/callbacks/callback-sender';
import { type UntoldCallback } from '../../src/database/callback-store';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const CALLBACK: UntoldCallback = {
  callbackId: 'evt_1',
  tenant: 'acme',
  type: 'message.delivered',
  facts: { status: 'closed' },
  at: '2026-01-02T03:04:05.000Z',
  messageId: 'msg_1',
  metadata: { order: '4711' },
  url: 'https://example.com/hook?token=secret',
  tries: 0,
};
const FAILED: CallbackAnswer = { kind: 'failed', problem: 'the caller answered 500' };

async function tell(answer: CallbackAnswer, overrides: Partial<UntoldCallback> | 'none' = {}, secrets = ['acme']) {
  const requests: CallbackRequest[] = [];
  const tries: unknown[] = [];
  const tellCaller = createTellCaller({
    callbacks: {
      findUntold: () => Promise.resolve(overrides === 'none' ? undefined : { ...CALLBACK, ...overrides }),
      recordTry: (_callbackId, result) => {
        tries.push(result);
        return Promise.resolve();
      },
    },
    sendCallback: (request) => {
      requests.push(request);
      return Promise.resolve(answer);
    },
    callbackSecrets: secrets.map((tenant) => ({ tenant, secret: SECRET })),
    callbackRetryDelaysMs: [10, 20],
  });
  let result: TellCallerResult | ApplicationFailure;
  try {
    result = (await new MockActivityEnvironment().run(tellCaller, { callbackId: 'evt_1' })) as TellCallerResult;
  } catch (error) {
    result = error as ApplicationFailure;
  }
  return { requests, result, tries };
}

it('sends the payload, signed for this try', async () => {
  const { requests, result, tries } = await tell({ kind: 'taken' });
  expect(result).toBe('delivered');
  expect(tries).toEqual([{ status: 'delivered' }]);
  const [request] = requests;
  expect(request?.url).toBe(CALLBACK.url);
  expect(request?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'evt_1' });
  expect(new Webhook(SECRET).verify(request?.body ?? '', request?.headers ?? {})).toMatchObject({
    type: 'message.delivered',
    timestamp: CALLBACK.at,
    data: { messageId: 'msg_1', status: 'closed', metadata: { order: '4711' } },
  });
});

it.each([
  [0, 10],
  [1, 20],
])('after try %i the next comes after its pause', async (tries, pauseMs) => {
  const told = await tell(FAILED, { tries });
  expect(told.result).toBeInstanceOf(ApplicationFailure);
  expect(told.result).toMatchObject({ nextRetryDelay: pauseMs, nonRetryable: false });
  expect(told.tries).toEqual([{ status: 'pending', problem: 'the caller answered 500' }]);
});

it('is dead after the last try, and says why', async () => {
  const { result, tries } = await tell(FAILED, { tries: 2 });
  expect(result).toBe('dead');
  expect(tries).toEqual([{ status: 'dead', problem: 'the caller answered 500' }]);
});

it('is dead at once when the caller says that it is gone', async () => {
  const { result, tries } = await tell({ kind: 'gone', problem: 'gone' });
  expect(result).toBe('dead');
  expect(tries).toEqual([{ status: 'dead', problem: 'gone' }]);
});

it('leaves the caller alone for as long as it asks, within reason', async () => {
  const asked = await tell({ ...FAILED, retryAfterMs: 5_000 });
  expect(asked.result).toMatchObject({ nextRetryDelay: 5_000 });
  const forever = await tell({ ...FAILED, retryAfterMs: 1e12 });
  expect(forever.result).toMatchObject({ nextRetryDelay: 3 * 3_600_000 });
});

it('calls nobody when the callback is told, or the tenant has no secret', async () => {
  const told = await tell({ kind: 'taken' }, 'none');
  expect(told).toEqual({ result: 'nothing_to_tell', requests: [], tries: [] });
  const unsigned = await tell({ kind: 'taken' }, {}, ['globex']);
  expect(unsigned.requests).toEqual([]);
  expect(unsigned.result).toMatchObject({
    message: expect.stringContaining('POSTHORN_CALLBACK_SECRETS has no secret of the tenant acme') as string,
  });
});
