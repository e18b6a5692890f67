import { setTimeout as pause } from 'node:timers/promises';
import { type Client } from '@temporalio/client';
import { type Knex } from 'knex';
import { checkDeliveries } from './check-deliveries';
import { coveredMessages } from './covered-messages';
import { type Evidence } from './evidence';
import { readDatabase } from './read-database';
import { readLog } from './read-log';
import { readWorkflows } from './read-workflows';
import { SETTLING_KINDS, type Violation } from './violation';

/** Where the evidence is. */
export interface CheckSources {
  /** The simulator's append-only log: one JSON object in a line. */
  readonly logFile: string;
  readonly knex: Knex;
  readonly temporal: Client;
  /** Identifiers that were answered 202; each of them has to be there. */
  readonly acceptedMessageIds?: readonly string[];
  /** Identifiers of callbacks that were taken; looked at after the database was read. */
  readonly takenCallbackIds?: ReadonlySet<string>;
  readonly onProgress?: (line: string) => void;
  /** How long something that may still be on its way is looked at again before it counts; without it `SETTLED_WITHIN_MS`. */
  readonly settledWithinMs?: number;
}

/** How much was compared, so that a check of nothing does not look like a good one. */
export interface CheckCounts {
  /** Rows of `messages` that were accepted since the log began, and those that the caller named. */
  readonly messages: number;
  /** Of those, without an outcome: their workflows are running. */
  readonly underWay: number;
  /** Messages that the simulator accepted over its API. */
  readonly creates: number;
  /** Delivery receipts of those, one for each message and recipient. */
  readonly receipts: number;
  /** Calls that the simulator took. */
  readonly calls: number;
  /** Callbacks that were written for callers. */
  readonly callbacks: number;
  /** Webhooks that the simulator tried to deliver. */
  readonly webhooks: number;
  /** Workflows of the messages that Temporal still has. */
  readonly workflows: number;
}

export interface CheckReport {
  readonly checked: CheckCounts;
  readonly violations: readonly Violation[];
}

/** A workflow ends a little after its row; a late receipt is signalled, and corrects the outcome, a little after its webhook. */
const SETTLED_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 500;

/**
 * Compares what the simulator did with what Postgres and Temporal say about it. Changes nothing anywhere.
 * A message that is under way is no violation, but wait until all is quiet before you ask.
 * @throws Error when the log cannot be read, or Postgres or Temporal cannot be reached.
 */
export async function checkDeployment(sources: CheckSources): Promise<CheckReport> {
  const { settledWithinMs = SETTLED_WITHIN_MS } = sources;
  const deadline = performance.now() + settledWithinMs;
  for (;;) {
    const evidence = await gather(sources);
    const violations = checkDeliveries(evidence);
    const maySettle = violations.some(({ kind }) => SETTLING_KINDS.has(kind));
    if (!maySettle || performance.now() >= deadline) {
      return { checked: count(evidence), violations };
    }
    sources.onProgress?.(`${violations.length} differences; looking again.`);
    await pause(LOOK_EVERY_MS);
  }
}

/** The log is read first: what it says happened before what the others are asked. */
async function gather(sources: CheckSources): Promise<Evidence> {
  const { acceptedMessageIds, knex, logFile, onProgress = () => undefined, takenCallbackIds, temporal } = sources;
  const log = await readLog(logFile);
  onProgress(`Log: ${log.length} entries.`);
  const database = await readDatabase(knex, onProgress);
  const evidence = {
    log,
    ...database,
    ...(acceptedMessageIds === undefined ? {} : { acceptedMessageIds }),
    ...(takenCallbackIds === undefined ? {} : { takenCallbackIds }),
  };
  const workflows = await readWorkflows(temporal, coveredMessages(evidence), onProgress);
  return { ...evidence, workflows };
}

function count(evidence: Evidence): CheckCounts {
  const { callbacks, log, workflows } = evidence;
  const messages = coveredMessages(evidence);
  const creates = log.filter((entry) => entry.kind === 'message.accepted');
  return {
    messages: messages.length,
    underWay: messages.filter(({ outcome }) => outcome === undefined).length,
    creates: creates.length,
    receipts: creates.reduce((total, { recipients }) => total + recipients.length, 0),
    calls: log.filter(({ kind }) => kind === 'call.accepted').length,
    callbacks: callbacks.length,
    webhooks: log.filter(({ kind }) => kind === 'webhook.answered' || kind === 'webhook.failed').length,
    workflows: [...workflows.values()].filter((state) => state !== 'unknown').length,
  };
}
