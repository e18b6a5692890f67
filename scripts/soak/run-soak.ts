import { setMaxListeners } from 'node:events';
import { cpus } from 'node:os';
import { checkDeployment } from '../../src/checker/check-deployment';
import { type Environment } from '../../src/config/environment';
import { type Session } from '../../src/local/run-session';
import { playReplies } from './load/play-replies';
import { createPatientClient } from './load/patient-client';
import { keepRedriving, redriveDead } from './load/redrive-dead';
import { type SentMessages, sendMessages } from './load/send-messages';
import { createRandom, type Random } from './random';
import { waitFor } from './repeat';
import { createWebhookCounter } from './report/count-webhooks';
import { type Memory, readMemory } from './report/memory';
import { readMessages } from './report/read-messages';
import { readWebhooks } from './report/read-webhooks';
import { type SoakResult } from './report/soak-result';
import { watch } from './report/watch';
import { describeUnfinished, settle } from './settle';
import { type Stage, startStage } from './stage/start-stage';
import { createTally, type Tally } from './tally';
import { closeConversations } from './trouble/close-conversations';
import { forgeWebhooks } from './trouble/forge-webhooks';
import { killProcesses, makeOutages } from './trouble/outages';
import { restartServers } from './trouble/restart-servers';
import { makeTwilioFaults } from './trouble/twilio-faults';

const MS_PER_MINUTE = 60_000;
const KILL_EVERY_MS = 30_000;
const OUTAGE_EVERY_MS = 15_000;
const RESTART_EVERY_MS = 20_000;
const REDRIVE_EVERY_MS = 10_000;
const CLOSE_EVERY_MS = 10_000;
const FORGE_EVERY_MS = 1_000;

/** Shares of the messages that meet trouble at Twilio, and that somebody answers. */
const FAULTS_PER_MESSAGE = 0.12;
const REPLIES_PER_MESSAGE = 0.1;

/** Lost webhooks, as a share of messages: chosen by the seed between these. */
const DROP_SHARE = { least: 0.01, most: 0.1 };

/** Ten tries of a send with their pauses, the policy of the message after it, and a margin for a machine that is busy. */
const SETTLE_WITHIN_MS = 8 * MS_PER_MINUTE;

export interface SoakChoices {
  readonly minutes: number;
  /** Messages a second. */
  readonly rate: number;
  readonly seed: number;
  /** Runs what `npm run build` made. */
  readonly built: boolean;
}

export interface SoakOptions extends SoakChoices, Session {
  readonly environment: Environment;
  readonly say: (line: string) => void;
}

/** Runs posthorn under load and trouble, waits for the end of every message, and compares what everybody says of it. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const { environment, resources, say, signal } = options;
  const tally = createTally();
  const random = createRandom(options.seed);
  const common = { environment, progress: say, resources, signal, tally };
  const stage = await startStage({ ...common, isBuilt: options.built, random: random.fork() });
  const countWebhooks = createWebhookCounter(stage, tally);
  const atStart = await readMemory(stage.services);
  const sent = await makeTrouble({ ...options, stage, tally, random, countWebhooks });
  signal.throwIfAborted();

  say('no more messages and no more trouble; waiting for the end of every message');
  const unfinished = await settle({ stage, withinMs: SETTLE_WITHIN_MS, say, signal });
  signal.throwIfAborted();
  if (unfinished !== undefined) {
    tally.problem(`not finished in time: ${describeUnfinished(unfinished)}`);
  }
  countWebhooks();
  return await conclude({ ...options, stage, tally, atStart, sent });
}

interface Run extends SoakOptions {
  readonly stage: Stage;
  readonly tally: Tally;
}

/** Load and trouble for the time of the run. */
async function makeTrouble(
  run: Run & { readonly countWebhooks: () => void; readonly random: Random },
): Promise<SentMessages> {
  const { countWebhooks, random, rate, say, stage, tally } = run;
  const dropShare = DROP_SHARE.least + random.next() * (DROP_SHARE.most - DROP_SHARE.least);
  say(`${(dropShare * 100).toFixed(1)} % of the messages lose their webhooks; --seed ${run.seed} repeats the plan`);
  const isOver = new AbortController();
  const signal = AbortSignal.any([isOver.signal, run.signal]);
  const giveUp = AbortSignal.any([run.signal, AbortSignal.timeout(run.minutes * MS_PER_MINUTE + SETTLE_WITHIN_MS)]);
  // Each part of the trouble listens, and each caller between two messages.
  setMaxListeners(0, signal);
  const client = createPatientClient({ url: stage.apiUrl, apiKey: stage.apiKey, tally, signal: giveUp });
  const sent = sendMessages({ stage, client, rate, random: random.fork(), dropShare, tally, signal });
  const troubles = [
    ...startTroubles(run, random, signal),
    watch({ stage, tally, countWebhooks, say, signal }),
    playReplies({ stage, rate: rate * REPLIES_PER_MESSAGE, random: random.fork(), tally, signal }),
    keepRedriving({ stage, everyMs: REDRIVE_EVERY_MS, tally, signal }),
  ];
  await Promise.race([waitFor(run.minutes * MS_PER_MINUTE, run.signal), ...troubles]);
  isOver.abort();
  await Promise.all(troubles);
  stage.caller.settleDown();
  await Promise.all([sent.done, ...stage.services.map((service) => service.ready())]);
  await redriveDead('callbacks', { stage, tally });
  return sent;
}

function startTroubles({ rate, say, stage, tally }: Run, random: Random, signal: AbortSignal): Promise<void>[] {
  const common = { stage, tally, say, signal };
  return [
    killProcesses({ ...common, everyMs: KILL_EVERY_MS, random: random.fork() }),
    makeOutages({ ...common, everyMs: OUTAGE_EVERY_MS, random: random.fork() }),
    // Servers that were there before the run are not ours to stop.
    ...(stage.servers.length === 0
      ? []
      : [restartServers({ ...common, everyMs: RESTART_EVERY_MS, random: random.fork() })]),
    makeTwilioFaults({ ...common, rate: rate * FAULTS_PER_MESSAGE, random: random.fork() }),
    closeConversations({ ...common, everyMs: CLOSE_EVERY_MS, random: random.fork() }),
    forgeWebhooks({ ...common, everyMs: FORGE_EVERY_MS, random: random.fork() }),
  ];
}

async function conclude(run: Run & { readonly atStart: Memory; readonly sent: SentMessages }): Promise<SoakResult> {
  const { atStart, minutes, rate, say, seed, sent, stage, tally } = run;
  const { caller, knex, logFile, services, temporal } = stage;
  const acceptedMessageIds = [...sent.acceptedIds];
  say('checking');
  const { checked, violations } = await checkDeployment({
    logFile,
    knex,
    temporal,
    acceptedMessageIds,
    takenCallbackIds: caller.takenIds,
    onProgress: say,
  });
  const under = (prefix: string): Record<string, number> => Object.fromEntries(tally.under(prefix));
  const asked = ['repeated posts', 'doubled posts', 'cancellations', 'redriven messages', 'redriven callbacks'];
  return {
    minutes,
    rate,
    seed,
    cores: cpus().length,
    messages: await readMessages(knex, acceptedMessageIds.length),
    caller: Object.fromEntries(asked.map((name) => [name, tally.count(name)])),
    callbacks: under('callback:'),
    answers: under('answer:'),
    webhooks: await readWebhooks(knex, tally),
    kills: under('kill:'),
    restarts: under('restart:'),
    ended: under('ended:'),
    outages: under('outage:'),
    conversationsClosed: tally.count('conversations closed'),
    twilioFaults: under('Twilio:'),
    forged: under('forged:'),
    replies: under('reply:'),
    errorLines: under('log:'),
    memoryMib: { atStart, atEnd: await readMemory(services) },
    checked,
    problems: tally.problems(),
    violations,
  };
}
