import { LOCAL_SENDERS } from '../../../src/local/stack-variables';
import { ControlError } from '../../../src/simulator/control/control-error';
import { type Random } from '../random';
import { repeat } from '../repeat';
import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';
import { somebody } from './people';

/** What people write back. */
const WORDS = { STOP: 5, START: 3, 'Thank you!': 2 } as const;

export interface PlayRepliesOptions {
  readonly stage: Pick<Stage, 'simulator'>;
  /** Replies a second. */
  readonly rate: number;
  readonly random: Random;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** Lets people write back at random moments. */
export async function playReplies({ stage, rate, random, tally, signal }: PlayRepliesOptions): Promise<void> {
  await repeat(
    () => (2 * random.next() * 1_000) / rate,
    signal,
    () => {
      const body = random.weighted(WORDS);
      try {
        stage.simulator.control.receiveInbound({ from: somebody(random), to: LOCAL_SENDERS.sms, body });
        tally.add(`reply:${body}`);
      } catch (error) {
        // Nobody has written to that person yet.
        if (!(error instanceof ControlError)) {
          throw error;
        }
      }
    },
  );
}
