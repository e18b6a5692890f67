import { countPollers, TASK_QUEUES } from '../../temporal/task-queue-pollers';
import { defineCheck } from '../check';
import { green, red } from '../finding';

/** Whether a worker polls each task queue. */
export const taskQueues = defineCheck({
  name: 'task-queues',
  after: ['temporal-namespace'],
  needs: ['TEMPORAL_ADDRESS'],
  run: async ({ now, temporal }) => {
    const counts = await temporal((client) =>
      Promise.all(TASK_QUEUES.map((queue) => countPollers(client, queue, now()))),
    );
    const idle = TASK_QUEUES.filter((_, index) => counts[index] === 0).map(({ name }) => name);
    return idle.length === 0
      ? green(`Workers poll ${TASK_QUEUES.map(({ name }) => name).join(', ')}.`)
      : red({
          what: `No worker polls ${idle.join(', ')}.`,
          why: 'Messages are accepted and do not move.',
          remedy: 'Start a worker with this TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, or see why it does not run.',
        });
  },
});
