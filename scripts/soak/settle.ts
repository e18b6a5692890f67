import { type Knex } from 'knex';
import { countMessages } from './report/message-counts';
import { waitFor } from './repeat';
import { type Stage } from './stage/start-stage';

const ASK_EVERY_MS = 1_000;
/** A line for the person in front after so many looks. */
const LOOKS_PER_LINE = 10;
const AT_WORK = `ExecutionStatus = 'Running' and WorkflowType in ('deliverMessage', 'storeDeliveryEvent', 'storeInboundWord', 'tellCaller')`;

/** What is not done yet; all zero when everything has come to its end. */
export interface Unfinished {
  /** Messages without an outcome. */
  readonly open: number;
  /** Receipts that wait to be told to their workflow. */
  readonly due: number;
  /** Callbacks that their caller has not taken yet. */
  readonly untold: number;
  /** Workflows of messages, of callbacks, and of webhooks that Temporal keeps, that still run. */
  readonly running: number;
  /** Messages that have ended and about which the sweep is about to ask once more. */
  readonly lateReads: number;
}

export interface SettleOptions {
  readonly stage: Pick<Stage, 'knex' | 'temporal' | 'simulator'>;
  readonly withinMs: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Waits until every message has its outcome, has been asked about once more after it, and nothing is on its way any more.
 * @returns what was still unfinished when the time was up, or undefined.
 */
export async function settle(options: SettleOptions): Promise<Unfinished | undefined> {
  const { stage, withinMs } = options;
  const deadline = performance.now() + withinMs;
  await stage.simulator.control.whenIdle();
  const unfinished = await finish(options, deadline);
  if (unfinished !== undefined) {
    return unfinished;
  }
  await hurryLateReads(stage.knex);
  return await finish(options, deadline);
}

/** In words. */
export function describeUnfinished({ open, due, running, untold, lateReads }: Unfinished): string {
  const counts = `${open} messages open, ${due} receipts due, ${untold} callbacks untold`;
  return `${counts}, ${running} workflows running, ${lateReads} late reads`;
}

async function finish({ say, signal, stage }: SettleOptions, deadline: number): Promise<Unfinished | undefined> {
  for (let looks = 1; ; looks += 1) {
    const unfinished = await look(stage);
    if (Object.values(unfinished).every((count) => count === 0)) {
      return undefined;
    }
    if (signal.aborted || performance.now() > deadline) {
      return unfinished;
    }
    if (looks % LOOKS_PER_LINE === 0) {
      say(`still ${describeUnfinished(unfinished)}`);
    }
    await waitFor(ASK_EVERY_MS, signal);
  }
}

/** The first late read comes ten minutes after the end of a message: nobody waits for it here. */
async function hurryLateReads(knex: Knex): Promise<void> {
  await knex('messages').whereNotNull('late_read_due_at').update({ late_read_due_at: knex.fn.now() });
}

async function look({ knex, temporal }: Pick<Stage, 'knex' | 'temporal'>): Promise<Unfinished> {
  const { accepted, closed } = await countMessages(knex);
  const [events] = await knex('delivery_events').whereNotNull('signal_due_at').count<{ due: number }[]>('* as due');
  const [late] = await knex('messages')
    .where('late_read_due_at', '<=', knex.fn.now())
    .count<{ due: number }[]>('* as due');
  const [callbacks] = await knex('callbacks').where({ status: 'pending' }).count<{ untold: number }[]>('* as untold');
  const { count: running } = await temporal.workflow.count(AT_WORK);
  const [due, untold, lateReads] = [events?.due ?? 0, callbacks?.untold ?? 0, late?.due ?? 0];
  return { open: accepted - closed, due, untold, running, lateReads };
}
