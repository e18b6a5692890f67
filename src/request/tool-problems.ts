import { type HumanStep } from '../domain/policy';
import { type SendRequest } from '../domain/send-request';
import { callbackUrlProblems, type CallbackRules } from './callback-url-field';
import { type Problem } from './problem';

/** What the configuration has against the tools of teams that human steps name. */
export function toolProblems({ policy }: Pick<SendRequest, 'policy'>, rules: CallbackRules): Problem[] {
  return policy.escalation.flatMap((step, index) =>
    isWithTool(step) ? callbackUrlProblems(step.callbackUrl, rules, `policy.escalation[${index}].callbackUrl`) : [],
  );
}

function isWithTool(step: SendRequest['policy']['escalation'][number]): step is HumanStep & { callbackUrl: string } {
  return step.channel === 'human' && step.callbackUrl !== undefined;
}
