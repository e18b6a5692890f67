import { type Knex } from 'knex';
import { type TaskKey } from '../../domain/task-id';
import { query } from '../rows';
import { type TaskHand } from '../task-store';

/**
 * A statement that changes a task of a tenant, if it may, and its history with it.
 * @param changed a statement that returns message_id and step of the task that it changed.
 * @param kind of the entry in the history.
 */
function changing(changed: string, kind: 'claimed' | 'given_back' | 'noted'): string {
  return `
    with changed as (${changed}), remembered as (
      insert into task_history (message_id, step, kind, actor, note)
      select changed.message_id, changed.step, '${kind}', :by, :note from changed
    )
    select changed.step from changed`;
}

const THE_TASK = 'tasks.tenant = :tenant and tasks.message_id = :messageId and tasks.step = :step';

/** Of many at once one finds it free: each waits for the one before, and then looks again. */
const CLAIM = changing(
  `update tasks set claimed_by = :by, claimed_at = now()
    where ${THE_TASK} and tasks.closing is null and tasks.claimed_by is null
    returning tasks.message_id, tasks.step`,
  'claimed',
);

const GIVE_BACK = changing(
  `update tasks set claimed_by = null, claimed_at = null
    where ${THE_TASK} and tasks.closing is null and tasks.claimed_by = :by
    returning tasks.message_id, tasks.step`,
  'given_back',
);

const NOTE = changing(`select tasks.message_id, tasks.step from tasks where ${THE_TASK}`, 'noted');

const STATEMENTS = { claim: CLAIM, give_back: GIVE_BACK, note: NOTE } as const;

/** `TaskStore.claim`, `giveBack` and `note`. */
export async function changeTask(
  knex: Knex,
  change: keyof typeof STATEMENTS,
  { messageId, step }: TaskKey,
  { by, note, tenant }: TaskHand,
): Promise<boolean> {
  return (await query(knex, STATEMENTS[change], { tenant, messageId, step, by, note: note ?? null })).length > 0;
}
