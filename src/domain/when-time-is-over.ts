import { type AttemptResult } from './attempt-result';
import { type LadderPosition, type NextStep } from './next-step';

/**
 * What follows instead of a further step when the time of the message is over: the end. What nobody knows stays said:
 * a message that Twilio may have is `ambiguous`, whatever the clock shows.
 */
export function whenTimeIsOver(planned: NextStep, position: LadderPosition, result: AttemptResult): NextStep {
  if (planned.kind === 'end') {
    return planned;
  }
  const isOpen = result.kind === 'ambiguous' || position.only === 'person';
  return { kind: 'end', outcome: isOpen ? 'ambiguous' : 'expired' };
}
