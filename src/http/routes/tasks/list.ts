import { z } from 'zod';
import { type TaskStore } from '../../../database/task-store';
import { TASK_STATUSES } from '../../../domain/human-task';
import { expectation, expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { compact } from '../../../twilio/compact';
import { type AppContext, tenantOf } from '../../app-context';
import { presentTask } from '../../presenters/task';
import { cursorField, limitField } from '../../query-fields';
import { validateQuery } from '../../validate';

const USUAL_PAGE = 100;
const LARGEST_PAGE = 500;

const querySchema = strictObject('query parameters', {
  queue: z
    .string({ error: expectation('one queue') })
    .regex(/^[\w.-]{1,64}$/, { error: 'is no name of a queue: take the `queue` of a human step, or leave it out' })
    .optional(),
  status: z.enum(TASK_STATUSES, { error: expectOneOf(TASK_STATUSES) }).optional(),
  cursor: cursorField,
  limit: limitField(USUAL_PAGE, LARGEST_PAGE),
});

/** GET /v1/tasks: the human steps of a tenant that wait, the one due first first; closed ones, the newest first, when asked for. */
export function listTasks(deps: { readonly tasks: Pick<TaskStore, 'list'> }) {
  return async function listTasks(context: AppContext): Promise<void> {
    const { limit, ...filter } = validateQuery(querySchema, context);
    const page = await deps.tasks.list({ tenant: tenantOf(context), limit, ...compact(filter) });
    context.body = { tasks: page.tasks.map(presentTask), nextCursor: page.nextCursor ?? null };
  };
}
