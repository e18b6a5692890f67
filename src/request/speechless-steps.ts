import { CALL_CHANNEL } from '../domain/channel';
import { type SendRequest } from '../domain/send-request';
import { type Problem } from './problem';

/** One problem for each call of the request that would have nothing to say: a template's text is Twilio's alone. */
export function speechlessSteps({ content, policy }: SendRequest): Problem[] {
  return policy.escalation.flatMap((step, index) => {
    const field = `policy.escalation[${index}].say`;
    const isSpeechless = step.channel === CALL_CHANNEL && (step.say ?? content.body ?? '') === '';
    return isSpeechless
      ? [{ field, message: `${field} is missing: the message has no body that a call could say, so give say` }]
      : [];
  });
}
