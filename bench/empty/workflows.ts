import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import { type EmptyActivities } from './activities';
import { EMPTY_ACTIVITY_QUEUE, heardSignal } from './contract';

const { doNothing } = proxyActivities<EmptyActivities>({
  taskQueue: EMPTY_ACTIVITY_QUEUE,
  startToCloseTimeout: '45s',
});

/** The shape of a delivery and nothing in it: one activity on a second queue, one wait with a time-out, one signal. */
export async function emptyDelivery(): Promise<void> {
  let isHeard = false;
  setHandler(heardSignal, () => {
    isHeard = true;
  });
  await doNothing();
  await condition(() => isHeard, '10m');
}
