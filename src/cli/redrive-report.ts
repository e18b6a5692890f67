import { type RedriveResult } from '../redrive/redrive-message';
import { type CliContext } from './cli-context';

/** Progress is told so often, in messages. */
const TELL_EVERY = 100;

export interface RedriveCounts {
  readonly redriven: number;
  readonly refused: number;
}

/** What a person in front of a terminal hears of a redrive. */
export interface RedriveReport {
  readonly add: (result: RedriveResult) => void;
  /** One of them could not be started now. */
  readonly leaveToSweep: () => void;
  /** Says what came of it. */
  readonly end: () => RedriveCounts;
}

/** Says of each message that was not redriven why, and of many how far it is. */
export function createRedriveReport(
  { complain, write }: Pick<CliContext, 'complain' | 'write'>,
  total: number,
): RedriveReport {
  let redriven = 0;
  let repeated = 0;
  let refused = 0;
  let leftToSweep = 0;
  return {
    add: (result) => {
      if (result.kind === 'refused') {
        refused += 1;
        complain(`${result.messageId}: ${result.message}\n`);
      } else if (result.isReplayed) {
        repeated += 1;
      } else {
        redriven += 1;
      }
      const done = redriven + repeated + refused;
      if (done % TELL_EVERY === 0 && done < total) {
        write(`${done} of ${total}\n`);
      }
    },
    leaveToSweep: () => void (leftToSweep += 1),
    end: () => {
      write(`Redriven: ${redriven}.\n`);
      write(repeated === 0 ? '' : `Redriven before and still open: ${repeated}.\n`);
      write(refused === 0 ? '' : `Not redriven: ${refused}.\n`);
      write(leftToSweep === 0 ? '' : `Temporal does not answer: the sweep starts ${leftToSweep} of them.\n`);
      return { redriven, refused };
    },
  };
}
