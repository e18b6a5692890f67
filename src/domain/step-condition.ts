import { type AttemptResult } from './attempt-result';
import { FAILURE_REASONS } from './error-table';
import { reasonOfCode } from './error-catalogue';

/**
 * What `when` of a step can name: the results that lead to it.
 * - `any`: every result that leads anywhere unasked
 * - `timeout`: nothing decided in time: no receipt, nobody took the call or the task, the step had no time left
 * - `failed`: it was refused, could not be connected, or nobody knows whether Twilio took it
 * - classes of errors, reasons of some of their codes, and ends of calls: finer names for parts of these two
 * - `wants_person`: whoever took the call pressed 9
 * - `blocked`: one of the reasons; of an opt-out its only name, and `any` does not take it in: such a result leads on only where it is asked for
 */
export const STEP_CONDITIONS = [
  'any',
  'timeout',
  'failed',
  'recipient',
  'message',
  'config',
  'limit',
  'retry',
  'unknown',
  'ambiguous',
  ...FAILURE_REASONS,
  'busy',
  'no_answer',
  'voicemail',
  'wants_person',
] as const;
export type StepCondition = (typeof STEP_CONDITIONS)[number];

/** All names that `when` knows a result by, besides `any`; none for a result that leads nowhere. */
export function conditionsOf(result: AttemptResult): readonly StepCondition[] {
  switch (result.kind) {
    case 'timed_out':
    case 'not_acknowledged':
      return ['timeout'];
    case 'refused':
      return result.errorClass === 'opt_out'
        ? reasonIn(result.errorCode).filter((reason) => reason === 'blocked')
        : ['failed', result.errorClass, ...reasonIn(result.errorCode)];
    case 'opted_out':
      return result.isBlock === true ? ['blocked'] : [];
    case 'suppressed':
      return ['failed', 'recipient', ...reasonIn(result.errorCode)];
    case 'ambiguous':
      return ['failed', 'ambiguous'];
    case 'not_reached':
      return conditionsOfCall(result.call);
    case 'wants_person':
      return ['wants_person'];
    case 'delivered':
    case 'acknowledged':
    case 'fanned_out':
    case 'expired':
    case 'canceled':
      return [];
  }
}

/** Whether a result that goes by these names leads to the step. */
export function isLedTo(
  { when = ['any'] }: { readonly when?: readonly StepCondition[] },
  conditions: readonly StepCondition[],
): boolean {
  const isOpenToAny = conditions.some((name) => name !== 'blocked');
  return when.some((named) => (named === 'any' ? isOpenToAny : conditions.includes(named)));
}

function reasonIn(errorCode: number | undefined): readonly StepCondition[] {
  const reason = reasonOfCode(errorCode);
  return reason === undefined ? [] : [reason];
}

function conditionsOfCall(call: Extract<AttemptResult, { kind: 'not_reached' }>['call']): readonly StepCondition[] {
  switch (call) {
    case 'busy':
      return ['failed', 'busy'];
    case 'no_answer':
    case 'voicemail':
      return ['timeout', call];
    case 'unproved':
    case 'answered':
    case 'canceled':
      // Nobody cancels a call but posthorn, when it rings for too long.
      return ['timeout'];
    case 'failed':
      return ['failed'];
  }
}
