import { type AttemptResult } from '../../src/domain/attempt-result';
import { isMessageChannel } from '../../src/domain/channel';
import { type LadderMoment, type LadderPosition, nextStep, type NextStep } from '../../src/domain/next-step';
import { MAX_ATTEMPTS, type Policy } from '../../src/domain/policy';

/** One decision: where the message stood, what became of the attempt, and what follows. */
export interface Move {
  readonly position: LadderMoment;
  readonly result: AttemptResult;
  readonly next: NextStep;
}

/** Where every message begins. */
export const FIRST: LadderPosition = { step: 0, attemptInStep: 1 };

/**
 * Follows a policy with the results in turn, over and over, until it ends or has gone on for too long. The request goes by WhatsApp.
 * @param clock what time each step has left, in milliseconds, by its number
 */
export function walkLadder(
  policy: Policy,
  results: readonly AttemptResult[],
  clock: (step: number) => number | undefined = () => undefined,
): Move[] {
  const longest = (policy.escalation.length + 1) * (MAX_ATTEMPTS + 1);
  const moves: Move[] = [];
  let position = FIRST;
  while (moves.length <= longest) {
    const isHuman = policy.escalation[position.step - 1]?.channel === 'human';
    const result = isHuman ? ({ kind: 'not_acknowledged' } as const) : results[moves.length % results.length];
    if (result === undefined) {
      throw new Error('a walk needs results');
    }
    const stepLeftMs = clock(position.step);
    const channel = position.step === 0 ? 'whatsapp' : policy.escalation[position.step - 1]?.channel;
    const moment = {
      ...position,
      ...(isMessageChannel(channel) && { channel }),
      ...(stepLeftMs !== undefined && { stepLeftMs }),
    };
    const next = nextStep(policy, moment, result);
    moves.push({ position: moment, result, next });
    if (next.kind === 'end') {
      return moves;
    }
    position = next.kind === 'retry' ? again(position, next) : escalated(next);
  }
  return moves;
}

/** The next attempt of the same step. */
function again(position: LadderPosition, { isTemplate }: Extract<NextStep, { kind: 'retry' }>): LadderPosition {
  return { ...position, attemptInStep: position.attemptInStep + 1, ...(isTemplate === true && { isTemplate }) };
}

/** The first attempt of the step that an escalation leads to. */
export function escalated(next: NextStep): LadderPosition {
  if (next.kind !== 'escalate') {
    throw new Error(`expected an escalation, not ${next.kind}`);
  }
  const { step, only } = next;
  return { step, attemptInStep: 1, ...(only === undefined ? {} : { only }) };
}
