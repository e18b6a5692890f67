import { type CallbackRecord, type CallbackStore } from '../../../database/callback-store';
import { type AnnounceCallbacks } from '../../../database/written-callback';
import { describeStray } from '../../../domain/sid';
import { strictObject } from '../../../request/strict-object';
import { type AppContext, tenantOf } from '../../app-context';
import { HttpProblem } from '../../http-problem';
import { presentCallback } from '../../presenters/callback';
import { validateBody } from '../../validate';

export interface RedriveCallbackDependencies {
  readonly callbacks: Pick<CallbackStore, 'redrive' | 'show'>;
  readonly announceCallbacks: AnnounceCallbacks;
}

const NOT_YOURS = 'is not that of a callback of yours: take `id` from GET /v1/callbacks, or the header webhook-id';

const bodySchema = strictObject('nothing, or an empty object', {});

/** POST /v1/callbacks/{id}/redrive: tells a dead callback anew, under the same id. */
export function redriveCallback(deps: RedriveCallbackDependencies) {
  return async function redriveCallback(context: AppContext): Promise<void> {
    await validateBody(bodySchema, context);
    const tenant = tenantOf(context);
    const callbackId = context.params['id'] ?? '';
    const redriven = isCallbackId(callbackId) ? await deps.callbacks.redrive({ tenant, callbackId }, 1) : [];
    const callback = await findCallback(deps, tenant, callbackId);
    if (redriven.length === 0) {
      throw new HttpProblem('callback_not_dead', { extensions: { status: callback.status } });
    }
    await deps.announceCallbacks(redriven);
    context.status = 202;
    context.body = presentCallback(callback);
  };
}

/** The callback of another tenant is not told from none. */
async function findCallback(
  { callbacks }: RedriveCallbackDependencies,
  tenant: string,
  callbackId: string,
): Promise<CallbackRecord> {
  const callback = isCallbackId(callbackId) ? await callbacks.show(tenant, callbackId) : undefined;
  if (callback === undefined) {
    const problem = describeStray(callbackId, 'a callback id starts with evt_') ?? NOT_YOURS;
    throw new HttpProblem('callback_not_found', { errors: [{ field: 'id', message: `id ${problem}` }] });
  }
  return callback;
}

function isCallbackId(text: string): boolean {
  return /^evt_[0-9a-f]{1,64}$/.test(text);
}
