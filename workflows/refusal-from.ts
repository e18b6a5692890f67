import { type AttemptResult } from '../src/domain/attempt-result';
import { type DeliveryState } from '../src/domain/delivery-state';
import { classifyError } from '../src/domain/error-catalogue';
import { type OptOutCode } from '../src/domain/opt-out-code';

/** A receipt that says no, with what its error code means. */
export function refusalFrom(state: DeliveryState, optOutCodes: readonly OptOutCode[]): AttemptResult {
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
