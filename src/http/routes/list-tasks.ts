import { z } from 'zod';
import { type TaskStore } from '../../database/task-store';
import { expectation } from '../../request/expectation';
import { strictObject } from '../../request/strict-object';
import { type AppContext, tenantOf } from '../app-context';
import { presentTask } from '../presenters/task';
import { limitField } from '../query-fields';
import { validateQuery } from '../validate';

const USUAL_PAGE = 100;
const LARGEST_PAGE = 500;

const querySchema = strictObject('query parameters', {
  queue: z
    .string({ error: expectation('one queue') })
    .regex(/^[\w.-]{1,64}$/, { error: 'is no name of a queue: take the `queue` of a human step, or leave it out' })
    .optional(),
  limit: limitField(USUAL_PAGE, LARGEST_PAGE),
});

/** GET /v1/tasks: the open human steps of a tenant, the one due first first. */
export function listTasks(deps: { readonly tasks: Pick<TaskStore, 'listOpen'> }) {
  return async function listTasks(context: AppContext): Promise<void> {
    const { queue, limit } = validateQuery(querySchema, context);
    const tasks = await deps.tasks.listOpen(tenantOf(context), queue, limit);
    context.body = { tasks: tasks.map(presentTask) };
  };
}
