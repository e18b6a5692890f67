import { type SendRequest } from '../domain/send-request';
import { MissingSenderError, resolveSender, type Senders } from '../domain/sender';
import { stepAt } from '../domain/step-message';
import { type Problem } from './problem';

/** One problem for each step of the request that no sender serves: better refused now than stuck on the ladder later. */
export function missingSenders(request: SendRequest, senders: Senders): Problem[] {
  const steps = [0, ...request.policy.escalation.map((_step, index) => index + 1)];
  return steps.flatMap((step) => {
    const field = step === 0 ? 'from' : `policy.escalation[${step - 1}].from`;
    const problem = missingSender(request, step, senders);
    return problem === undefined ? [] : [{ field, message: `${field} is missing: ${problem}` }];
  });
}

function missingSender(request: SendRequest, step: number, senders: Senders): string | undefined {
  const message = stepAt(request, step);
  if (message.channel === 'human') {
    return undefined;
  }
  try {
    resolveSender(message, senders);
    return undefined;
  } catch (error) {
    if (error instanceof MissingSenderError) {
      return error.message;
    }
    throw error;
  }
}
