import { type AttemptResult, type UnansweredCall } from './attempt-result';
import { CALL_CHANNEL } from './channel';
import { durationMs } from './duration';
import { type ErrorClass } from './error-class';
import { type OutcomeKind } from './outcome';
import { type EscalationStep, type Policy } from './policy';

/** Where on the ladder a message stands: step 0 is the request itself, step n the n-th escalation step. */
export interface LadderPosition {
  readonly step: number;
  /** Attempts made in this step, this one included. */
  readonly attemptInStep: number;
  /** What an earlier step demands of all later ones; from the `escalate` that led here. */
  readonly only?: StepDemand;
}

/**
 * What later steps must be, whatever happens in between.
 * - `another_text`: the text was refused; only a step with a text of its own, or a person.
 * - `person`: nobody knows whether Twilio took it; only a person.
 */
export type StepDemand = 'another_text' | 'person';

/** `only` belongs into the position of the step that is escalated to. */
export type NextStep =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'escalate'; readonly step: number; readonly only?: StepDemand }
  | { readonly kind: 'end'; readonly outcome: OutcomeKind };

/**
 * Decides what follows an attempt. The whole policy of posthorn is here:
 * what may pass is repeated, what concerns this recipient or sender goes to the next step,
 * what concerns the text goes only to a step with a text of its own or to a person,
 * and a recipient who said stop hears nothing more.
 */
export function nextStep(policy: Policy, position: LadderPosition, result: AttemptResult): NextStep {
  switch (result.kind) {
    case 'delivered':
      return { kind: 'end', outcome: result.status };
    case 'fanned_out':
      return { kind: 'end', outcome: result.outcome };
    case 'opted_out':
    case 'acknowledged':
    case 'canceled':
      return { kind: 'end', outcome: result.kind };
    case 'expired':
      return { kind: 'end', outcome: position.only === 'person' ? 'ambiguous' : 'expired' };
    case 'ambiguous':
      return escalate(policy, position, 'ambiguous', 'person');
    case 'not_acknowledged':
      return escalate(policy, position, unacknowledgedOutcome(position.only));
    case 'suppressed':
      return escalate(policy, position, 'suppressed');
    case 'not_reached':
      return retry(policy, position) ?? escalate(policy, position, endOfCall(result.call));
    case 'wants_person':
      return escalateToPerson(policy, position);
    case 'timed_out':
      return afterTimeout(policy, position);
    case 'refused':
      return afterRefusal(policy, position, result);
  }
}

function afterTimeout(policy: Policy, position: LadderPosition): NextStep {
  switch (policy.onTimeout) {
    case 'accept':
      return { kind: 'end', outcome: 'unconfirmed' };
    case 'escalate':
      return escalate(policy, position, 'unconfirmed');
    case 'retry':
      return retry(policy, position) ?? escalate(policy, position, 'unconfirmed');
  }
}

function afterRefusal(
  policy: Policy,
  position: LadderPosition,
  refusal: Extract<AttemptResult, { kind: 'refused' }>,
): NextStep {
  const { errorClass } = refusal;
  const otherwise = endOfRefusal(errorClass);
  switch (errorClass) {
    case 'retry':
    case 'limit':
      return retry(policy, position) ?? escalate(policy, position, otherwise);
    case 'opt_out':
      return { kind: 'end', outcome: otherwise };
    case 'message':
      return escalate(policy, position, otherwise, 'another_text');
    case 'recipient':
    case 'config':
    case 'unknown':
      return escalate(policy, position, otherwise);
  }
}

/** How a message ends that was refused and for which nothing is left to try. */
export function endOfRefusal(errorClass: ErrorClass): Extract<OutcomeKind, 'opted_out' | 'undeliverable' | 'failed'> {
  switch (errorClass) {
    case 'opt_out':
      return 'opted_out';
    case 'recipient':
    case 'message':
      return 'undeliverable';
    case 'retry':
    case 'limit':
    case 'config':
    case 'unknown':
      return 'failed';
  }
}

/** How a message ends whose last call proved nothing: was it taken, then somebody may have heard it. */
export function endOfCall(call: UnansweredCall): Extract<OutcomeKind, 'undeliverable' | 'unconfirmed'> {
  switch (call) {
    case 'voicemail':
    case 'unproved':
    case 'answered':
      return 'unconfirmed';
    case 'busy':
    case 'no_answer':
    case 'failed':
    case 'canceled':
      return 'undeliverable';
  }
}

/** Whoever wants a person gets the next one of the ladder; a call offers it only where there is one. */
function escalateToPerson(policy: Policy, position: LadderPosition): NextStep {
  const next = policy.escalation.findIndex(({ channel }, index) => index >= position.step && channel === 'human');
  return next === -1
    ? { kind: 'end', outcome: 'unconfirmed' }
    : { kind: 'escalate', step: next + 1, ...(position.only === undefined ? {} : { only: position.only }) };
}

function retry(policy: Policy, position: LadderPosition): NextStep | undefined {
  if (position.attemptInStep >= maxAttemptsOf(policy, position.step)) {
    return undefined;
  }
  const { initialDelay, factor, maxDelay } = policy.retry;
  const delayMs = Math.min(durationMs(initialDelay) * factor ** (position.attemptInStep - 1), durationMs(maxDelay));
  return { kind: 'retry', delayMs: Math.max(1, Math.floor(delayMs)) };
}

function escalate(policy: Policy, position: LadderPosition, otherwise: OutcomeKind, demand?: StepDemand): NextStep {
  const only = strictest(position.only, demand);
  const next = policy.escalation.findIndex((step, index) => index >= position.step && suits(step, only));
  if (next === -1) {
    return { kind: 'end', outcome: otherwise };
  }
  return { kind: 'escalate', step: next + 1, ...(only === undefined ? {} : { only }) };
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

/** When nobody took the task, what led to it is still the truth about the message. */
function unacknowledgedOutcome(only: StepDemand | undefined): OutcomeKind {
  switch (only) {
    case 'person':
      return 'ambiguous';
    case 'another_text':
      return 'undeliverable';
    case undefined:
      return 'failed';
  }
}

function maxAttemptsOf(policy: Policy, stepNumber: number): number {
  const step = policy.escalation[stepNumber - 1];
  return step === undefined || step.channel === 'human' ? policy.maxAttempts : (step.maxAttempts ?? policy.maxAttempts);
}
