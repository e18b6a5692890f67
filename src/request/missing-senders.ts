import { CONVERSATION_CHANNEL } from '../domain/channel';
import { type HumanStep } from '../domain/policy';
import { type SendRequest } from '../domain/send-request';
import { chooseSender, MissingSenderError, type Senders } from '../domain/sender';
import { stepAt, type StepCall, type StepMessage } from '../domain/step-message';
import { type Problem } from './problem';

/** One problem for each step of the request that no sender serves: better refused now than stuck on the ladder later. */
export function missingSenders(request: SendRequest, senders: Senders): Problem[] {
  const steps = [0, ...request.policy.escalation.map((_step, index) => index + 1)];
  return steps.flatMap((step) => {
    const field =
      step === 0 ? 'from' : `policy.escalation[${step - 1}].${isOnCall(request, step) ? 'onCall.from' : 'from'}`;
    const problem = missingSender(request, step, senders);
    return problem === undefined ? [] : [{ field, message: `${field} is missing: ${problem}` }];
  });
}

function missingSender(request: SendRequest, step: number, senders: Senders): string | undefined {
  const message = sentBy(request, step);
  const sent = message?.channel === 'human' ? message.onCall : message;
  if (sent === undefined) {
    return undefined;
  }
  try {
    chooseSender(sent, senders);
    return undefined;
  } catch (error) {
    if (error instanceof MissingSenderError) {
      return error.message;
    }
    throw error;
  }
}

/** Whether the step writes to nobody but whoever is on call. */
function isOnCall({ policy }: SendRequest, step: number): boolean {
  return policy.escalation[step - 1]?.channel === 'human';
}

/** What a step says of its sender. A message into a conversation goes out from the participants' own proxy addresses. */
function sentBy(
  request: SendRequest,
  step: number,
): (Pick<StepMessage | StepCall, 'channel' | 'from'> & { readonly to?: string }) | HumanStep | undefined {
  if (request.conversationSid !== undefined) {
    return request.policy.escalation[step - 1];
  }
  const message = stepAt(request, step);
  return message.channel === CONVERSATION_CHANNEL ? undefined : message;
}
