import { type AttemptResult } from './attempt-result';
import { type DeliveryState } from './delivery-state';
import { classifyError } from './error-catalogue';
import { type OptOutCode } from './opt-out-code';

/** A receipt that says no, with what its error code means. */
export function refusalFrom(
  state: DeliveryState,
  optOutCodes: readonly OptOutCode[],
): Extract<AttemptResult, { kind: 'refused' | 'ambiguous' }> {
  const { errorClass, isAmbiguous, meaning } = classifyError(state.errorCode, optOutCodes);
  if (isAmbiguous) {
    return { kind: 'ambiguous', reason: `error ${state.errorCode ?? ''}: ${meaning}` };
  }
  return {
    kind: 'refused',
    ...(state.errorCode === undefined ? {} : { errorCode: state.errorCode }),
    errorClass,
    reason: meaning,
  };
}
