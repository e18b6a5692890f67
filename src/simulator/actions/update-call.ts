import { addMoment, logCall } from '../calls/change-call';
import { cancelCall, hangUp } from '../calls/end-call';
import { playInstructions } from '../calls/play-instructions';
import { type Call, type Instructions } from '../entities/call';
import { twilioErrors } from '../errors/twilio-errors';
import { type Simulation } from '../simulation';

/** What a call is to become: ended, or doing something else. */
export type CallChange = { readonly status: 'canceled' | 'completed' } | { readonly instructions: Instructions };

/**
 * Changes a call under way. `canceled` leaves one alone that has been answered; `completed` ends either.
 * Source: https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource
 * @throws TwilioApiError 21220 when it has ended, or has not been answered and is to do something else
 */
export function updateCall(simulation: Simulation, call: Call, change: CallChange): void {
  if (call.endedAt !== null) {
    throw twilioErrors.callNotInProgress();
  }
  const isAnswered = call.answeredAt !== null;
  if ('instructions' in change) {
    if (!isAnswered) {
      throw twilioErrors.callNotInProgress();
    }
    addMoment(call, 'redirected');
    logCall(simulation, call, 'call.redirected', {});
    void playInstructions(simulation, call, change.instructions);
  } else if (!isAnswered) {
    cancelCall(simulation, call);
  } else if (change.status === 'completed') {
    hangUp(simulation, call);
  }
}
