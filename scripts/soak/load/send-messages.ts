import { randomUUID } from 'node:crypto';
import { type Random } from '../random';
import { repeat, waitFor } from '../repeat';
import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';
import { randomCallFate } from './call-fate';
import { randomFate } from './fate';
import { type PatientClient } from './patient-client';
import { randomRequest } from './random-request';

const POSTED_TWICE_SHARE = 0.03;
const REPEATED_LATER_SHARE = 0.03;
const CANCELED_SHARE = 0.02;

export interface SendMessagesOptions {
  readonly stage: Pick<Stage, 'simulator' | 'audience'>;
  readonly client: PatientClient;
  /** Messages a second. */
  readonly rate: number;
  readonly random: Random;
  readonly dropShare: number;
  readonly tally: Tally;
  /** No new messages after it. */
  readonly signal: AbortSignal;
}

/** The messages of a run. */
export interface SentMessages {
  /** The ids of all that were accepted so far. */
  readonly acceptedIds: ReadonlySet<string>;
  /** Resolves when no new message comes and each of those that came was accepted or given up. */
  readonly done: Promise<unknown>;
}

/** Posts messages at random moments, on average so many a second. */
export function sendMessages(options: SendMessagesOptions): SentMessages {
  const { random, rate, signal, tally } = options;
  const acceptedIds = new Set<string>();
  const posting = new Set<Promise<void>>();
  const loop = repeat(
    () => (2 * random.next() * 1_000) / rate,
    signal,
    () => {
      const work = sendOne(options, random.fork(), acceptedIds)
        .catch((error: unknown) => tally.problem(`the load failed: ${String(error)}`))
        .finally(() => posting.delete(work));
      posting.add(work);
    },
  );
  return { acceptedIds, done: loop.then(() => Promise.all(posting)) };
}

async function sendOne(options: SendMessagesOptions, random: Random, acceptedIds: Set<string>): Promise<void> {
  const { client, signal, stage, tally } = options;
  const { people, request } = randomRequest(random, `text ${randomUUID()}`, stage.audience);
  people.forEach((person) => setFate(options, person, random));
  const key = randomUUID();
  const isPostedTwice = random.chance(POSTED_TWICE_SHARE);
  const posts = [client.post(request, key), ...(isPostedTwice ? [client.post(request, key)] : [])];
  const [messageId, ...others] = await Promise.all(posts);
  if (messageId === undefined) {
    return;
  }
  acceptedIds.add(messageId);
  if (random.chance(REPEATED_LATER_SHARE)) {
    await waitFor(random.between(0, 5_000), signal);
    others.push(await client.post(request, key));
  }
  if (others.some((other) => other !== undefined && other !== messageId)) {
    tally.problem(`one idempotency key was answered with two ids, ${messageId} is one of them`);
  }
  tally.add('doubled posts', others.length);
  if (random.chance(CANCELED_SHARE)) {
    await waitFor(random.between(0, 3_000), signal);
    await client.cancel(messageId);
    tally.add('cancellations');
  }
}

/** The next messages and calls to the person get fates of their own, and every later one is told well. */
function setFate({ dropShare, stage, tally }: SendMessagesOptions, to: string, random: Random): void {
  const { control } = stage.simulator;
  const fates = Array.from({ length: 3 }, () => randomFate(random, { dropShare }));
  fates.forEach(({ end }) => tally.add(`fate:${end}`));
  for (const address of [to, `whatsapp:${to}`]) {
    control.scriptAddress({
      address,
      scripts: fates.map(({ script }) => ({ messages: 1, script })),
    });
  }
  const script = randomCallFate(random, dropShare);
  control.scriptCalls({ to, scripts: [{ calls: 'all', script }] });
}
