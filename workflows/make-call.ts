import { log } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type CallEvent } from '../src/domain/call-event';
import { longestCallSeconds } from '../src/domain/call-length';
import { callVerdict, isMachine } from '../src/domain/call-state';
import { durationMs } from '../src/domain/duration';
import { type CallSid } from '../src/domain/sid';
import { type StepCall } from '../src/domain/step-message';
import { records, twilio } from './activity-proxies';
import { callResult } from './call-result';
import { isExpired, waitInTime } from './deadline';
import { type Attempt, callOf, type Delivery, hearOfCall } from './delivery';
import { dial } from './dial';
import { enter } from './enter';
import { type Held } from './hold';
import { isInterrupted } from './interruption';
import { beginAttempt } from './make-attempt';
import { summary } from './summary';

/** How long the last callback of a call, or the request to dial it, may take beyond the call itself, in milliseconds. */
const MARGIN_MS = 5_000;

/** Callbacks come in any order: after the end of a call a key or the word of machine detection may still be on its way, in milliseconds. */
const LATE_NEWS_MS = 3_000;

/** Calls somebody, and waits until the call has come to something or its time is over. */
export async function makeCall(delivery: Delivery, step: StepCall): Promise<AttemptResult | Held> {
  const attempt = beginAttempt(delivery, step);
  const call: NonNullable<Attempt['call']> = { acknowledge: step.acknowledge };
  attempt.call = call;
  enter(delivery, 'sending');
  const sent = await dial(delivery, attempt, step);
  if (sent.kind === 'expired' && 'isBegun' in sent && !sent.isBegun) {
    delivery.attempts.pop();
  }
  if (sent.kind === 'placed') {
    call.callSid = sent.callSid;
  }
  // A callback may have told of a call whose create was given up without an answer.
  const { callSid } = call;
  if (callSid === undefined) {
    return sent.kind === 'placed' ? { kind: 'ambiguous', reason: 'the call has no SID' } : sent;
  }
  return await follow(delivery, { attempt, callSid, step });
}

interface CallUnderWay {
  readonly attempt: Attempt;
  readonly callSid: CallSid;
  readonly step: StepCall;
}

/** Rings, speaks, and ends the call when nobody needs it any more: the message arrived, was canceled, or a machine took it. */
async function follow(delivery: Delivery, underWay: CallUnderWay): Promise<AttemptResult> {
  const { attempt, callSid, step } = underWay;
  enter(delivery, 'awaiting_receipt');
  const isOver = (): boolean => isInterrupted(delivery) || isSettled(delivery, attempt);
  const wait = (limitMs: number, what: string): Promise<boolean> =>
    waitInTime(delivery, isOver, limitMs, summary(`attempt ${attempt.number}: ${what}`));

  if (!(await wait(durationMs(step.ringTimeout) + MARGIN_MS, `ringing for ${step.ringTimeout}`))) {
    await ask(delivery, attempt, () =>
      twilio().pollCall.executeWithOptions(summary('how far the call is'), [{ callSid }]),
    );
    await wait(longestCallSeconds(step.speech) * 1000, 'the call until its end');
  }
  if (callVerdict(callOf(delivery, attempt)) === 'pending') {
    await ask(delivery, attempt, () => twilio().endCall.executeWithOptions(summary('end the call'), [{ callSid }]));
  }
  await hearLateNews(delivery, underWay);
  if (callVerdict(callOf(delivery, attempt)) === 'opted_out') {
    const refused = { recipient: step.to, callSid, at: new Date().toISOString() };
    await records.recordCallOptOut.executeWithOptions(summary('no more calls'), [refused]);
  }
  return isExpired(delivery)
    ? { kind: 'expired', reason: 'the call came to nothing before its time was over' }
    : callResult(callVerdict(callOf(delivery, attempt)));
}

/** A call that is over, and that nothing proves anything of, gets a moment for what is still to be told, and is asked about once. */
async function hearLateNews(delivery: Delivery, { attempt, callSid }: CallUnderWay): Promise<void> {
  const isProved = (): boolean => isInterrupted(delivery) || callVerdict(callOf(delivery, attempt)) === 'wants_person';
  const isUnclear = ['unproved', 'voicemail', 'answered'].includes(callVerdict(callOf(delivery, attempt)));
  if (!isUnclear || isProved()) {
    return;
  }
  if (!(await waitInTime(delivery, isProved, LATE_NEWS_MS, summary('what is still told of the call')))) {
    await ask(delivery, attempt, () =>
      twilio().pollCall.executeWithOptions(summary('how the call ended'), [{ callSid }]),
    );
  }
}

/** It is over, or a key has said something, or a machine is on the line. */
function isSettled(delivery: Delivery, attempt: Attempt): boolean {
  const state = callOf(delivery, attempt);
  const isTakenByMachine = state.answeredBy !== undefined && isMachine(state.answeredBy) && !state.wasKeyPressed;
  return isTakenByMachine || callVerdict(state) !== 'pending';
}

async function ask(delivery: Delivery, { number }: Attempt, question: () => Promise<CallEvent>): Promise<void> {
  try {
    hearOfCall(delivery, { attempt: number, event: await question() });
  } catch (error) {
    // Twilio cannot be asked: the call ends by its own time limit, and what is known has to do.
    log.warn('a call could not be asked about', { attempt: number, error });
  }
}
