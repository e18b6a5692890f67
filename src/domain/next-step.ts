import { type AttemptResult } from './attempt-result';
import { CALL_CHANNEL, type MessageChannel } from './channel';
import { type Duration, durationMs } from './duration';
import { endOfCall, endOfRefusal, endOfTask } from './end-of-ladder';
import { type OutcomeKind } from './outcome';
import { type EscalationStep, type Policy } from './policy';
import { type StepDemand } from './step-demand';
import { conditionsOf, isLedTo } from './step-condition';

/** Where on the ladder a message stands: step 0 is the request itself, step n the n-th escalation step. */
export interface LadderPosition {
  readonly step: number;
  /** Attempts made in this step, this one included. */
  readonly attemptInStep: number;
  /** Set when this step sends the template that WhatsApp takes outside of its window, in place of the text. */
  readonly isTemplate?: true;
  /** What an earlier step demands of all later ones; from the `escalate` that led here. */
  readonly only?: StepDemand;
}

/** The position together with what the clock says, and what the step went by. */
export interface LadderMoment extends LadderPosition {
  /** Milliseconds until the time of the step is over, 0 when it is; absent when it has no limit. */
  readonly stepLeftMs?: number;
  /** What the result is about. Absent for calls, tasks and messages into conversations: no block leads on from there. */
  readonly channel?: MessageChannel;
}

/** `only` belongs into the position of the step that is escalated to, `isTemplate` into that of the next attempt. */
export type NextStep =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly isTemplate?: true }
  | { readonly kind: 'escalate'; readonly step: number; readonly only?: StepDemand }
  | { readonly kind: 'end'; readonly outcome: OutcomeKind };

/**
 * Decides what follows an attempt. The whole policy of posthorn is here:
 * what may pass is repeated while its step has time, what concerns this recipient or sender goes to the next step whose `when` it suits,
 * what concerns the text goes only to a step with a text of its own or to a person,
 * and a recipient who said stop hears nothing more; after a block on one channel another one is tried where a step asks for just that.
 */
export function nextStep(policy: Policy, position: LadderMoment, result: AttemptResult): NextStep {
  switch (result.kind) {
    case 'delivered':
      return { kind: 'end', outcome: result.status };
    case 'fanned_out':
      return { kind: 'end', outcome: result.outcome };
    case 'opted_out':
      return afterOptOut(policy, position, result);
    case 'acknowledged':
    case 'canceled':
      return { kind: 'end', outcome: result.kind };
    case 'expired':
      return { kind: 'end', outcome: position.only === 'person' ? 'ambiguous' : 'expired' };
    case 'ambiguous':
      return escalate(policy, position, result, { otherwise: 'ambiguous', demand: 'person' });
    case 'not_acknowledged':
      return escalate(policy, position, result, { otherwise: endOfTask(position.only) });
    case 'suppressed':
      return escalate(policy, position, result, { otherwise: 'suppressed' });
    case 'not_reached':
      return retry(policy, position, result, endOfCall(result.call));
    case 'wants_person':
      return escalateToPerson(policy, position);
    case 'timed_out':
      return afterTimeout(policy, position, result);
    case 'refused':
      return afterRefusal(policy, position, result);
  }
}

function afterTimeout(policy: Policy, position: LadderMoment, result: AttemptResult): NextStep {
  switch (policy.onTimeout) {
    case 'accept':
      return { kind: 'end', outcome: 'unconfirmed' };
    case 'escalate':
      return escalate(policy, position, result, { otherwise: 'unconfirmed' });
    case 'retry':
      return retry(policy, position, result, 'unconfirmed');
  }
}

function afterRefusal(
  policy: Policy,
  position: LadderMoment,
  refusal: Extract<AttemptResult, { kind: 'refused' }>,
): NextStep {
  const { errorClass } = refusal;
  const otherwise = endOfRefusal(errorClass);
  switch (errorClass) {
    case 'retry':
    case 'limit':
      return retry(policy, position, refusal, otherwise);
    case 'opt_out':
      return afterOptOut(policy, position, refusal);
    case 'message':
      return afterRefusedText(policy, position, refusal);
    case 'recipient':
    case 'config':
    case 'unknown':
      return escalate(policy, position, refusal, { otherwise });
  }
}

/** The blocked channel stays closed whatever a step asks for; of the others each send asks the ledger. */
function afterOptOut(policy: Policy, position: LadderMoment, result: AttemptResult): NextStep {
  const { channel } = position;
  return channel === undefined
    ? { kind: 'end', outcome: 'opted_out' }
    : escalate(policy, position, result, { otherwise: 'opted_out', notBy: channel });
}

/**
 * A closed window of WhatsApp says nothing against the text elsewhere. The template of the step itself is no repetition: it goes out at
 * once, and once, however few attempts are allowed.
 */
function afterRefusedText(
  policy: Policy,
  position: LadderMoment,
  refusal: Extract<AttemptResult, { kind: 'refused' }>,
): NextStep {
  const isWindowClosed = conditionsOf(refusal).includes('outside_window');
  if (isWindowClosed && refusal.hasTemplate === true && position.isTemplate !== true && position.stepLeftMs !== 0) {
    return { kind: 'retry', delayMs: 0, isTemplate: true };
  }
  const otherwise = endOfRefusal(refusal.errorClass);
  return escalate(policy, position, refusal, isWindowClosed ? { otherwise } : { otherwise, demand: 'another_text' });
}

/** The same step again, or the next one when it has no attempt left or no time for one. */
function retry(policy: Policy, position: LadderMoment, result: AttemptResult, otherwise: OutcomeKind): NextStep {
  const { attemptInStep, step, stepLeftMs = Infinity } = position;
  if (attemptInStep >= maxAttemptsOf(policy, step)) {
    return escalate(policy, position, result, { otherwise });
  }
  const { initialDelay, factor, maxDelay } = policy.retry;
  const exactMs = Math.min(durationMs(initialDelay) * factor ** (attemptInStep - 1), durationMs(maxDelay));
  const delayMs = Math.max(1, Math.floor(exactMs));
  return delayMs < stepLeftMs
    ? { kind: 'retry', delayMs }
    : escalate(policy, position, result, { otherwise, isOutOfTime: true });
}

interface Escalation {
  /** How the message ends when no step suits. */
  readonly otherwise: OutcomeKind;
  readonly demand?: StepDemand;
  /** The clock of the step kept it from being tried again. */
  readonly isOutOfTime?: true;
  /** No step of this channel will do. */
  readonly notBy?: MessageChannel;
}

function escalate(policy: Policy, position: LadderPosition, result: AttemptResult, how: Escalation): NextStep {
  const only = strictest(position.only, how.demand);
  const conditions = [...conditionsOf(result), ...(how.isOutOfTime === true ? (['timeout'] as const) : [])];
  const next = policy.escalation.findIndex(
    (step, index) =>
      index >= position.step && step.channel !== how.notBy && suits(step, only) && isLedTo(step, conditions),
  );
  if (next === -1) {
    return { kind: 'end', outcome: how.otherwise };
  }
  return { kind: 'escalate', step: next + 1, ...(only === undefined ? {} : { only }) };
}

/** Whoever wants a person gets the next one of the ladder; a call offers it only where there is one. */
function escalateToPerson(policy: Policy, { only, step }: LadderPosition): NextStep {
  const next = stepOfWantedPerson(policy, step);
  return next === undefined
    ? { kind: 'end', outcome: 'unconfirmed' }
    : { kind: 'escalate', step: next, ...(only === undefined ? {} : { only }) };
}

/** The human step that key 9 of a call leads to, counted from 1; undefined when there is none after the step of the call. */
export function stepOfWantedPerson({ escalation }: Policy, stepOfCall: number): number | undefined {
  const next = escalation.findIndex(
    (step, index) => index >= stepOfCall && step.channel === 'human' && isLedTo(step, ['wants_person']),
  );
  return next === -1 ? undefined : next + 1;
}

function strictest(a: StepDemand | undefined, b: StepDemand | undefined): StepDemand | undefined {
  return a === 'person' || b === 'person' ? 'person' : (a ?? b);
}

function suits(step: EscalationStep, only: StepDemand | undefined): boolean {
  return step.channel === 'human' || only === undefined || (only === 'another_text' && hasOwnText(step));
}

/** No carrier reads what is spoken, so that a call may say what a text may not. */
function hasOwnText(step: Exclude<EscalationStep, { channel: 'human' }>): boolean {
  return step.channel === CALL_CHANNEL || step.content !== undefined;
}

/** How long a step may take with all its attempts; undefined when only these limit it, as for a human step. */
export function stepTimeoutOf(policy: Policy, stepNumber: number): Duration | undefined {
  const step = policy.escalation[stepNumber - 1];
  return step?.channel === 'human' ? undefined : (step?.stepTimeout ?? policy.stepTimeout);
}

function maxAttemptsOf(policy: Policy, stepNumber: number): number {
  const step = policy.escalation[stepNumber - 1];
  return step === undefined || step.channel === 'human' ? policy.maxAttempts : (step.maxAttempts ?? policy.maxAttempts);
}
