import { CALL_CHANNEL } from '../domain/channel';
import { type SendRequest } from '../domain/send-request';
import { type Problem } from './problem';

/** One problem for each call that would put somebody through to the line that they are on, or to the number that calls. */
export function selfConnections({ policy, to }: SendRequest): Problem[] {
  return policy.escalation.flatMap((step, index) => {
    if (step.channel !== CALL_CHANNEL || step.connectTo === undefined) {
      return [];
    }
    const field = `policy.escalation[${index}].connectTo`;
    const isOnTheLine = [step.to ?? to, step.from].includes(step.connectTo);
    return isOnTheLine
      ? [{ field, message: `${field} is a number of that call itself: give that of somebody to speak to` }]
      : [];
  });
}
