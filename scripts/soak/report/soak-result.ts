import { type CheckCounts } from '../../../src/checker/check-deployment';
import { type Violation } from '../../../src/checker/violation';
import { type Memory } from './memory';

type Counts = Readonly<Record<string, number>>;

/** What a run found; the content of the file of `--json`. */
export interface SoakResult {
  readonly minutes: number;
  /** Messages a second that were asked for. */
  readonly rate: number;
  /** Repeats the plan with `--seed`. */
  readonly seed: number;
  readonly cores: number;
  readonly messages: {
    /** Messages whose acceptance the caller heard of. */
    readonly accepted: number;
    readonly stored: number;
    readonly outcomes: Counts;
    readonly corrections: number;
    readonly attempts: number;
    /** Milliseconds from acceptance to outcome. */
    readonly timeToOutcomeMs: Readonly<Record<'p50' | 'p95' | 'p99' | 'max', number>>;
  };
  readonly caller: Counts;
  readonly answers: Counts;
  /** How callbacks were answered. */
  readonly callbacks: Counts;
  readonly webhooks: {
    readonly answered: number;
    readonly failed: number;
    readonly dropped: number;
    /** Repetitions that were recognised. */
    readonly repeated: number;
    readonly refused: number;
    /** Receipts that were found by asking Twilio. */
    readonly foundByPolling: number;
  };
  readonly kills: Counts;
  /** Servers that were ended and started again. */
  readonly restarts: Counts;
  /** Processes that ended by themselves. */
  readonly ended: Counts;
  readonly outages: Counts;
  /** Behind posthorn's back. */
  readonly conversationsClosed: number;
  readonly twilioFaults: Counts;
  readonly forged: Counts;
  readonly replies: Counts;
  /** Lines of the level `error` that the processes wrote. */
  readonly errorLines: Counts;
  readonly memoryMib: { readonly atStart: Memory; readonly atEnd: Memory };
  readonly checked: CheckCounts;
  /** What the run itself saw go wrong. */
  readonly problems: readonly string[];
  /** What the checker found. */
  readonly violations: readonly Violation[];
}
