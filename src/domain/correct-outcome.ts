import { type CallAcknowledged } from './call-proof';
import { type AttemptChannel, CALL_CHANNEL } from './channel';
import { correctFanOut } from './correct-fan-out';
import { deadCauseOf } from './dead-letter';
import { type DeliveryState, verdict } from './delivery-state';
import { reasonFor } from './describe-attempt';
import { endOfRefusal } from './end-of-ladder';
import { type OptOutCode } from './opt-out-code';
import { type Outcome, type OutcomeKind } from './outcome';
import { type ParticipantFacts } from './participant';
import { proofOfDelivery } from './proof-of-delivery';
import { refusalFrom } from './refusal-from';

/** What is known of one attempt by now. */
export interface AttemptFacts {
  readonly number: number;
  readonly channel: AttemptChannel;
  /** What all its receipts add up to for the recipient, or what was told of its call. */
  readonly state: DeliveryState;
  /** Of a call: a person took the message on. */
  readonly acknowledged?: CallAcknowledged;
  /** Twilio is known to have its message. */
  readonly isAtTwilio?: true;
  /** Of a message into a conversation: what is known of each participant. Its `state` is that of all together. */
  readonly participants?: readonly ParticipantFacts[];
}

/** An outcome that turned out not to be true. */
export interface OutcomeCorrection {
  readonly was: Outcome;
  readonly is: Outcome;
  /** Which receipt or call says so, in words, without addresses or texts. */
  readonly because: string;
  /** When posthorn corrected it, ISO 8601. */
  readonly at: string;
}

/** What late receipts and calls may do to an outcome. */
interface Correctable {
  /** Proof of delivery, of any attempt, makes it `delivered` or `read`; a person's word during a call makes it `acknowledged`. */
  readonly byProof: boolean;
  /** A receipt that refuses the attempt on which the message ended makes it what the error code means. */
  readonly byRefusal: boolean;
}

const FIXED: Correctable = { byProof: false, byRefusal: false };
const BY_PROOF: Correctable = { byProof: true, byRefusal: false };
const BY_BOTH: Correctable = { byProof: true, byRefusal: true };

/**
 * A person's word stands, and so does what the message itself did not decide (`canceled`, `expired`, `suppressed`) until there is
 * proof that it arrived. `partly_delivered` is counted by participant and not by attempt: see `correctFanOut`.
 */
const CORRECTABLE: Readonly<Record<OutcomeKind, Correctable>> = {
  acknowledged: FIXED,
  partly_delivered: FIXED,
  read: FIXED,
  delivered: BY_PROOF,
  canceled: BY_PROOF,
  expired: BY_PROOF,
  suppressed: BY_PROOF,
  opted_out: BY_BOTH,
  undeliverable: BY_BOTH,
  failed: BY_BOTH,
  unconfirmed: BY_BOTH,
  ambiguous: BY_BOTH,
};

/**
 * What the outcome is in the light of all receipts and calls, when that is not what was recorded at the end; otherwise undefined.
 * A function of the recorded outcome and the set of what was told: in which order it came has no effect. It says what is true and
 * sends nothing: what the policy would have done with earlier news is not made up for. A person's word outranks proof of delivery,
 * unless the message had ended with such proof.
 * @param recorded what the message ended with, before any correction.
 * @param facts of every attempt, by number.
 * @param optOutCodes the configured error codes that mean an opt-out.
 */
export function correctOutcome(
  recorded: Outcome,
  facts: readonly AttemptFacts[],
  optOutCodes: readonly OptOutCode[],
): Outcome | undefined {
  const participants = participantsOf(recorded, facts);
  if (participants !== undefined) {
    return correctFanOut(recorded, participants, optOutCodes);
  }
  const { byProof, byRefusal } = CORRECTABLE[recorded.kind];
  const proof = proofOfDelivery(facts);
  const isEndedByProof = recorded.kind === 'delivered' && proof !== undefined;
  const acknowledged = byProof && !isEndedByProof ? acknowledgedOutcome(facts) : undefined;
  if (acknowledged !== undefined) {
    return acknowledged;
  }
  if (proof !== undefined) {
    const isNews = proof.status === 'read' || recorded.kind !== 'delivered';
    return byProof && isNews ? provedOutcome(recorded, proof.attempt, proof.status) : undefined;
  }
  const decisive = facts.find(({ number }) => number === recorded.attempt);
  if (!byRefusal || decisive === undefined || isOfPerson(recorded) || isOfLedger(recorded)) {
    return undefined;
  }
  if (verdict(decisive.state) !== 'failed') {
    return recorded.kind === 'ambiguous' && decisive.isAtTwilio === true
      ? unconfirmedOutcome(recorded, decisive)
      : undefined;
  }
  const refused = refusedOutcome(recorded, decisive, optOutCodes);
  return refused.kind === recorded.kind && refused.errorCode === recorded.errorCode ? undefined : refused;
}

/** Whom the attempt was for with which a message into a conversation ended; undefined for a message to one recipient. */
function participantsOf(recorded: Outcome, facts: readonly AttemptFacts[]): readonly ParticipantFacts[] | undefined {
  const decisive = facts.find(({ number }) => number === recorded.attempt);
  return decisive?.participants;
}

/** Nobody took the task: that stays true, whatever is told of the attempt before it, unless it was open what became of that. */
function isOfPerson({ channel, kind }: Outcome): boolean {
  return channel === 'human' && kind !== 'ambiguous';
}

/** The ledger held the message back, and no refusal of an attempt: that stays true, whatever became of attempts before it. */
function isOfLedger({ errorClass, kind }: Outcome): boolean {
  return kind === 'opted_out' && errorClass === undefined;
}

/** Of several calls the first counts. */
function acknowledgedOutcome(facts: readonly AttemptFacts[]): Outcome | undefined {
  for (const { acknowledged, channel, number } of facts) {
    if (acknowledged !== undefined) {
      const { at, by } = acknowledged;
      return { kind: 'acknowledged', channel, attempt: number, reason: reasonFor({ kind: 'acknowledged', by }), at };
    }
  }
  return undefined;
}

function provedOutcome(
  recorded: Outcome,
  { number, channel, state }: AttemptFacts,
  status: 'delivered' | 'read',
): Outcome {
  const reason = reasonFor({ kind: 'delivered', status, ...(channel === CALL_CHANNEL && { by: 'call' }) });
  return { kind: status, channel, attempt: number, reason, at: state.statusAt ?? recorded.at };
}

/** It was open whether Twilio had the message, and Twilio has it: what is left open is only whether it arrived. */
function unconfirmedOutcome({ at }: Outcome, { number, channel }: AttemptFacts): Outcome {
  return { kind: 'unconfirmed', channel, attempt: number, reason: reasonFor({ kind: 'timed_out' }), at };
}

function refusedOutcome(
  recorded: Outcome,
  { number, channel, state }: AttemptFacts,
  optOutCodes: readonly OptOutCode[],
): Outcome {
  const refusal = refusalFrom(state, optOutCodes);
  const at = state.errorAt ?? state.statusAt ?? recorded.at;
  const base = { channel, attempt: number, reason: reasonFor(refusal), at };
  if (refusal.kind === 'ambiguous') {
    return { kind: 'ambiguous', ...base };
  }
  const { errorClass, errorCode } = refusal;
  const dead = deadCauseOf(refusal, true);
  return {
    kind: endOfRefusal(errorClass),
    ...base,
    ...(errorCode === undefined ? {} : { errorCode }),
    errorClass,
    ...(dead === undefined ? {} : { dead }),
  };
}

/** Why an outcome was corrected, in words: which receipt or call says so, or that the message was found. */
export function correctionReason(is: Outcome, facts: readonly AttemptFacts[]): string {
  if (participantsOf(is, facts) !== undefined) {
    return `what was told of participants after the end: ${is.reason}`;
  }
  if (is.channel === CALL_CHANNEL) {
    return `what was told of the call of attempt ${is.attempt} after the end: ${is.reason}`;
  }
  if (is.kind === 'unconfirmed') {
    return `after the end the message of attempt ${is.attempt} was found at Twilio`;
  }
  const status = facts.find(({ number }) => number === is.attempt)?.state.status ?? 'of an unknown status';
  const error = is.errorCode === undefined ? '' : `, error ${is.errorCode}`;
  return `after the end a receipt of attempt ${is.attempt} came: ${status}${error}`;
}
