import { condition, log } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type CallEvent } from '../src/domain/call-event';
import {
  DIALLED_RING_SECONDS,
  longestSpeechSeconds,
  longestVoicemailSeconds,
  LONGEST_TALK_SECONDS,
} from '../src/domain/call-length';
import { callVerdict, isBeingPutThrough, isMachine } from '../src/domain/call-state';
import { durationMs } from '../src/domain/duration';
import { type CallSid } from '../src/domain/sid';
import { type StepCall } from '../src/domain/step-message';
import { twilio } from './activity-proxies';
import { callResult, type MessageLeft } from './call-result';
import { isExpired, waitInTime } from './deadline';
import { type Attempt, callOf, type Delivery, hearOfCall } from './delivery';
import { enter } from './enter';
import { isInterrupted } from './interruption';
import { leaveVoicemail } from './leave-voicemail';
import { readLedgerNews } from './read-ledger-news';
import { isStepOver, withinStep } from './step-clock';
import { summary } from './summary';

/** How long the last callback of a call, or the request to dial it, may take beyond the call itself, in milliseconds. */
const MARGIN_MS = 5_000;

/** Callbacks come in any order: after the end of a call a key or the word of machine detection may still be on its way, in milliseconds. */
const LATE_NEWS_MS = 3_000;

/** How long two people speak until it is asked whether they still do: what tells of the end may be lost. In milliseconds. */
const TALK_LOOK_MS = 300_000;

export interface CallUnderWay {
  readonly attempt: Attempt;
  readonly callSid: CallSid;
  readonly step: StepCall;
}

/**
 * Rings, speaks, leaves a message on a machine where there is one for it, and ends the call when nobody needs it any more: the message
 * arrived, was canceled, or a machine took it. Two people who were put through to each other are never cut off.
 */
export async function followCall(delivery: Delivery, underWay: CallUnderWay): Promise<AttemptResult> {
  const { attempt, callSid, step } = underWay;
  enter(delivery, 'awaiting_receipt');
  const isSettled = (): boolean => isTakenByMachine(delivery, attempt) || verdictOf(delivery, attempt) !== 'pending';
  const wait = (limitMs: number, what: string): Promise<boolean> =>
    waitFor(delivery, underWay, isSettled, limitMs, what);

  const ringMs = withinStep(delivery, durationMs(step.ringTimeout) + MARGIN_MS);
  if (!(await wait(ringMs, `ringing for ${step.ringTimeout}`))) {
    await look(delivery, underWay, 'how far the call is');
    // Nobody who listens is cut off by the clock of the step.
    if (!isStepOver(delivery) || isListenedTo(delivery, attempt)) {
      await wait(longestSpeechSeconds(step) * 1000, 'the call until its end');
    }
  }
  const wasMessageLeft = await leaveMessage(delivery, underWay);
  await waitForTalk(delivery, underWay);
  if (verdictOf(delivery, attempt) === 'pending') {
    await ask(delivery, attempt, () => twilio().endCall.executeWithOptions(summary('end the call'), [{ callSid }]));
  }
  await hearLateNews(delivery, underWay);
  return isExpired(delivery)
    ? { kind: 'expired', reason: 'the call came to nothing before its time was over' }
    : callResult(verdictOf(delivery, attempt), wasMessageLeft);
}

/** Leaves a message on the machine, and waits until the call is over; that is harmless where nobody knows whether it was left. */
async function leaveMessage(delivery: Delivery, underWay: CallUnderWay): Promise<MessageLeft> {
  const { attempt, callSid, step } = underWay;
  const { speech, voicemail } = step;
  const isOver = (): boolean => verdictOf(delivery, attempt) !== 'pending';
  const isFax = callOf(delivery, attempt).answeredBy === 'fax';
  if (voicemail === undefined || isOver() || !isTakenByMachine(delivery, attempt) || isFax) {
    return false;
  }
  await readLedgerNews(delivery);
  if (isInterrupted(delivery) || isExpired(delivery)) {
    return false;
  }
  const wasLeft = await leaveVoicemail(delivery, { callSid, speech, voicemail });
  if (wasLeft !== false) {
    const limitMs = longestVoicemailSeconds(voicemail) * 1000;
    await waitFor(delivery, underWay, isOver, limitMs, 'the message for the machine');
  }
  return wasLeft;
}

/**
 * While somebody is being put through, or speaks with whom they were put through to, nothing else is done. The end of the message's time
 * does not cut it: what counts is what comes of it.
 */
async function waitForTalk(delivery: Delivery, underWay: CallUnderWay): Promise<void> {
  const { attempt, step } = underWay;
  const isOver = (): boolean => isInterrupted(delivery) || !isBeingPutThrough(callOf(delivery, attempt));
  const wait = summary(`attempt ${attempt.number}: the person who was dialled`);
  const longestMs = (DIALLED_RING_SECONDS + LONGEST_TALK_SECONDS) * 1000;
  for (let waitedMs = 0; step.connectTo !== undefined && waitedMs < longestMs; waitedMs += TALK_LOOK_MS) {
    if (isOver() || (await condition(isOver, TALK_LOOK_MS, wait))) {
      return;
    }
    await look(delivery, underWay, 'whether they still speak');
  }
}

/**
 * A call that is over, and that nothing proves anything of, gets a moment for what is still to be told, however little time the message
 * has, and is asked about once.
 */
async function hearLateNews(delivery: Delivery, underWay: CallUnderWay): Promise<void> {
  const { attempt, step } = underWay;
  const isAwaited = (): boolean => {
    const state = callOf(delivery, attempt);
    const isDialOpen = step.connectTo !== undefined && state.wasPutThrough === undefined;
    return callVerdict(state) === 'wants_person'
      ? isDialOpen
      : ['unproved', 'voicemail', 'answered'].includes(callVerdict(state));
  };
  if (!isAwaited() || isInterrupted(delivery)) {
    return;
  }
  const isProved = (): boolean =>
    isInterrupted(delivery) || (verdictOf(delivery, attempt) === 'wants_person' && !isAwaited());
  const wait = summary(`attempt ${attempt.number}: what is still told of the call`);
  if (!(await condition(isProved, LATE_NEWS_MS, wait))) {
    await look(delivery, underWay, 'how the call ended');
  }
}

/** @returns whether it happened, or something made the whole call pointless */
function waitFor(
  delivery: Delivery,
  { attempt }: CallUnderWay,
  hasHappened: () => boolean,
  limitMs: number,
  what: string,
): Promise<boolean> {
  const isOver = (): boolean => isInterrupted(delivery) || hasHappened();
  return waitInTime(delivery, isOver, limitMs, summary(`attempt ${attempt.number}: ${what}`));
}

function verdictOf(delivery: Delivery, attempt: Attempt): ReturnType<typeof callVerdict> {
  return callVerdict(callOf(delivery, attempt));
}

function isListenedTo(delivery: Delivery, attempt: Attempt): boolean {
  return callOf(delivery, attempt).latest?.status === 'in-progress';
}

/** Machine detection says so, and nobody has pressed a key. */
function isTakenByMachine(delivery: Delivery, attempt: Attempt): boolean {
  const { answeredBy, wasKeyPressed } = callOf(delivery, attempt);
  return answeredBy !== undefined && isMachine(answeredBy) && !wasKeyPressed;
}

function look(delivery: Delivery, { attempt, callSid }: CallUnderWay, what: string): Promise<void> {
  return ask(delivery, attempt, () => twilio().pollCall.executeWithOptions(summary(what), [{ callSid }]));
}

async function ask(delivery: Delivery, { number }: Attempt, question: () => Promise<CallEvent>): Promise<void> {
  try {
    hearOfCall(delivery, { attempt: number, event: await question() });
  } catch (error) {
    // Twilio cannot be asked: the call ends by its own time limit, and what is known has to do.
    log.warn('a call could not be asked about', { attempt: number, error });
  }
}
