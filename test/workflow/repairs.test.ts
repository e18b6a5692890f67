import { ApplicationFailure } from '@temporalio/common';
import { type PollQuietAttemptsInput } from '../../activities/poll-quiet-attempts';
import { type StartUnstartedInput } from '../../activities/start-unstarted';
import { runWorkflow } from './support/run-workflow';

/** Sweeps where `starts` messages are without a workflow and `attempts` are quiet. */
async function sweep(starts: number, attempts: number) {
  const left = { starts, attempts };
  const limits: number[] = [];
  const take = (of: 'starts' | 'attempts', limit: number): number => {
    limits.push(limit);
    const taken = Math.min(left[of], limit);
    left[of] -= taken;
    return taken;
  };
  const result: unknown = await runWorkflow(
    {
      workflowType: 'sweepReceipts',
      args: [],
      activities: {
        startUnstarted: ({ limit }: StartUnstartedInput) =>
          Promise.resolve({ checked: take('starts', limit), refused: 0, callbacks: 3 }),
        pollQuietAttempts: ({ limit }: PollQuietAttemptsInput) => {
          const polled = take('attempts', limit);
          return Promise.resolve({ polled, unreadable: 1, found: polled, deciding: 2 });
        },
      },
    },
    (handle) => handle.result(),
  );
  return { result, activities: limits.length };
}

it('takes two activities to find that nothing was lost', async () => {
  await expect(sweep(0, 0)).resolves.toMatchObject({ activities: 2, result: { started: 0, polled: 0 } });
});

it('goes on while there is more, and counts it all', async () => {
  await expect(sweep(260, 510)).resolves.toEqual({
    activities: 2 + 3,
    result: { started: 260, notStarted: 0, callbacks: 6, polled: 510, unreadable: 3, found: 510, deciding: 6 },
  });
});

it('leaves to the next sweep what is too much for one', async () => {
  await expect(sweep(0, 5_000)).resolves.toMatchObject({ activities: 1 + 4, result: { polled: 1_000 } });
});

it('stores a receipt as soon as it can, however often it could not', async () => {
  let tries = 0;
  const stored: unknown[] = [];
  const receipt = { deliveryReceiptSid: 'DY1', status: 'delivered' };
  await runWorkflow(
    {
      workflowType: 'storeDeliveryEvent',
      args: [receipt],
      activities: {
        storeReceipt: (input: unknown) => {
          tries += 1;
          if (tries === 1) {
            return Promise.reject(ApplicationFailure.retryable('Postgres is away'));
          }
          stored.push(input);
          return Promise.resolve();
        },
      },
    },
    (handle) => handle.result(),
  );
  expect({ tries, stored }).toEqual({ tries: 2, stored: [receipt] });
});

it('tells a caller until it is taken or given up, and knows the id of the callback only', async () => {
  const inputs: unknown[] = [];
  await runWorkflow(
    {
      workflowType: 'tellCaller',
      args: [{ callbackId: 'evt_1' }],
      activities: {
        tellCaller: (input: unknown) => {
          inputs.push(input);
          return inputs.length === 1
            ? Promise.reject(ApplicationFailure.create({ message: 'not yet', nextRetryDelay: '1ms' }))
            : Promise.resolve('dead');
        },
      },
    },
    async (handle) => {
      await expect(handle.result()).resolves.toBe('dead');
    },
  );
  expect(inputs).toEqual([{ callbackId: 'evt_1' }, { callbackId: 'evt_1' }]);
});
