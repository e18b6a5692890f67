import { log } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { callbackPayload } from '../src/callbacks/callback-payload';
import { type CallbackAnswer, type CallbackSender } from '../src/callbacks/callback-sender';
import { signCallback } from '../src/callbacks/sign-callback';
import { LONGEST_DELAY_MS } from '../src/callbacks/retry-delays';
import { type CallbackStore, type UntoldCallback } from '../src/database/callback-store';

export interface TellCallerInput {
  readonly callbackId: string;
}

/** `nothing_to_tell`: it was told or given up before, or its message is erased. */
export type TellCallerResult = 'delivered' | 'dead' | 'nothing_to_tell';

export interface TellCallerDependencies {
  readonly callbacks: Pick<CallbackStore, 'findUntold' | 'recordTry'>;
  readonly sendCallback: CallbackSender;
  /** Of all tenants: `whsec_…`. */
  readonly callbackSecrets: readonly { readonly tenant: string; readonly secret: string }[];
  /** The pauses between tries, in milliseconds; after the try that follows the last one the callback is dead. */
  readonly callbackRetryDelaysMs: readonly number[];
}

/**
 * Calls the caller once, and takes down what came of it. The row counts the tries, so that a database that was away uses up none.
 * Throws ApplicationFailure while another try is left: Temporal makes it after the pause that the failure carries.
 */
export function createTellCaller(deps: TellCallerDependencies) {
  return async function tellCaller({ callbackId }: TellCallerInput): Promise<TellCallerResult> {
    const callback = await deps.callbacks.findUntold(callbackId);
    if (callback === undefined) {
      return 'nothing_to_tell';
    }
    const answer = await call(deps, callback);
    if (answer.kind === 'taken') {
      await deps.callbacks.recordTry(callbackId, { status: 'delivered' });
      return 'delivered';
    }
    const { problem } = answer;
    const delayMs = answer.kind === 'gone' ? undefined : deps.callbackRetryDelaysMs[callback.tries];
    if (delayMs === undefined) {
      await deps.callbacks.recordTry(callbackId, { status: 'dead', problem });
      log.warn('a callback is dead: its caller does not take it', { callbackId, problem });
      return 'dead';
    }
    await deps.callbacks.recordTry(callbackId, { status: 'pending', problem });
    throw nextTry(problem, delayMs, answer);
  };
}

function call(deps: TellCallerDependencies, callback: UntoldCallback): Promise<CallbackAnswer> {
  const { callbackId, tenant, url } = callback;
  const secrets = deps.callbackSecrets.filter((entry) => entry.tenant === tenant).map(({ secret }) => secret);
  if (secrets.length === 0) {
    return Promise.resolve({
      kind: 'failed',
      problem: `POSTHORN_CALLBACK_SECRETS has no secret of the tenant ${tenant}: add one, then redrive`,
    });
  }
  const body = JSON.stringify(callbackPayload(callback));
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'posthorn',
    ...signCallback(callbackId, body, secrets, new Date()),
  };
  return deps.sendCallback({ url, headers, body });
}

/** A caller may ask for a longer pause, within reason. Benign: what heals itself must not page anybody. */
function nextTry(problem: string, delayMs: number, answer: CallbackAnswer): ApplicationFailure {
  const askedMs = answer.kind === 'failed' ? (answer.retryAfterMs ?? 0) : 0;
  return ApplicationFailure.create({
    type: 'CallerDidNotTakeIt',
    message: problem,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.max(delayMs, Math.min(askedMs, LONGEST_DELAY_MS)),
  });
}
