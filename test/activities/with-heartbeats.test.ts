import { MockActivityEnvironment } from '@temporalio/testing';
import { withHeartbeats } from '../../activities/with-heartbeats';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** How often an activity beats that works for so many milliseconds. */
async function beatsOf(workMs: number, fails = false): Promise<number> {
  const environment = new MockActivityEnvironment({ attempt: 1 });
  let beats = 0;
  environment.on('heartbeat', () => {
    beats += 1;
  });
  const activity = (): Promise<void> =>
    withHeartbeats(
      () =>
        new Promise((resolve, reject) => {
          setTimeout(() => (fails ? reject(new Error('down')) : resolve()), workMs);
        }),
    );
  const ended = environment.run(activity).catch(() => undefined);
  await jest.advanceTimersByTimeAsync(workMs);
  await ended;
  await jest.advanceTimersByTimeAsync(60_000);
  return beats;
}

it('beats not once during a send of usual length: each beat is a billable action', async () => {
  await expect(beatsOf(3_900)).resolves.toBe(0);
});

it('beats more often than the server waits, as long as the work goes on', async () => {
  await expect(beatsOf(17_000)).resolves.toBe(4);
});

it('stops beating when the work fails', async () => {
  await expect(beatsOf(9_000, true)).resolves.toBe(2);
});
