import { type AttemptResult } from '../src/domain/attempt-result';
import { participantState } from '../src/domain/conversation-state';
import { type DeliveryState, NOTHING_HEARD, verdict } from '../src/domain/delivery-state';
import { endOfAttempt } from '../src/domain/end-of-attempt';
import { fanOutEnd, isReached } from '../src/domain/fan-out-end';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type FanOutEnd, type Outcome, type OutcomeKind } from '../src/domain/outcome';
import { type Participant } from '../src/domain/participant';
import { type Delivery, eventsAbout, type HandedOver } from './delivery';

/** A message to one participant alone, under way or ended. */
export interface Child {
  readonly messageId: string;
  /** Nobody needs it any more: it ends as canceled, unless it has arrived. */
  readonly callOff: () => void;
  isCalledOff: boolean;
  /** Closed, with an outcome unless nobody knows it. */
  isClosed: boolean;
  outcome?: Outcome;
}

/** A participant as the workflow follows it. */
export interface Followed {
  readonly participant: Participant;
  /** It was decided what follows for this participant; that is done once. */
  isWeighed: boolean;
  child?: Child;
}

/** What is going on for the participants of one attempt. */
export interface FanOut {
  readonly followed: readonly Followed[];
  readonly optOutCodes: readonly OptOutCode[];
  /** Twilio refused the message for everybody. */
  readonly refusal?: Extract<AttemptResult, { kind: 'refused' }>;
  /** Of the receipts: polled once Twilio was asked for the last time, or need not be. */
  deadline: 'ahead' | 'passed' | 'polled';
}

export function createFanOut(
  participants: readonly Participant[],
  optOutCodes: readonly OptOutCode[],
  refusal?: FanOut['refusal'],
): FanOut {
  const followed = participants.map((participant) => ({ participant, isWeighed: false }));
  return { followed, optOutCodes, deadline: 'polled', ...(refusal === undefined ? {} : { refusal }) };
}

/** What was heard of one participant. */
export function stateOfParticipant(delivery: Delivery, { participant }: Followed): DeliveryState {
  const posted = delivery.attempts.at(-1)?.handedOver;
  return posted === undefined ? NOTHING_HEARD : stateIn(delivery, posted, participant);
}

function stateIn(delivery: Delivery, posted: HandedOver, { participantSid }: Participant): DeliveryState {
  return participantState(eventsAbout(delivery, posted), participantSid);
}

/** Twilio has to be asked once more, as the time for receipts is over. */
export function isOver({ deadline }: FanOut): boolean {
  return deadline === 'passed';
}

/** Participants for whom it is to be decided what follows: what failed at once, and what is silent after the deadline. */
export function unweighed(delivery: Delivery, fan: Pick<FanOut, 'followed' | 'deadline'>): Followed[] {
  if (delivery.cancellation !== undefined) {
    return [];
  }
  return fan.followed.filter((followed) => {
    const known = verdict(stateOfParticipant(delivery, followed));
    return !followed.isWeighed && (known === 'failed' || (known === 'pending' && fan.deadline === 'polled'));
  });
}

/** Children whose participant has the message after all, or that nobody wants any more. */
export function superfluous(delivery: Delivery, { followed }: FanOut): Child[] {
  return followed.flatMap((one) => {
    const { child } = one;
    const isWanted = delivery.cancellation === undefined && verdict(stateOfParticipant(delivery, one)) !== 'delivered';
    return child === undefined || child.isClosed || child.isCalledOff || isWanted ? [] : [child];
  });
}

/** Every participant is reached or weighed, and every child is closed. A cancellation waits for nobody but the children. */
export function isDone(delivery: Delivery, fan: FanOut): boolean {
  const isSettled = (one: Followed): boolean =>
    one.isWeighed || delivery.cancellation !== undefined || verdict(stateOfParticipant(delivery, one)) === 'delivered';
  return fan.followed.every((one) => isSettled(one) && one.child?.isClosed !== false);
}

/** How it all ended. */
export function endOf(delivery: Delivery, { followed, optOutCodes, refusal }: FanOut): FanOutEnd {
  const facts = followed.map((one) => {
    const outcome = one.child?.outcome;
    const state = stateOfParticipant(delivery, one);
    return { ...one.participant, state, ...(outcome === undefined ? {} : { childOutcome: outcome }) };
  });
  const undecided = (): OutcomeKind => {
    if (delivery.cancellation !== undefined) {
      return 'canceled';
    }
    return refusal === undefined ? 'unconfirmed' : endOfAttempt(refusal);
  };
  const end = fanOutEnd(facts, undecided, optOutCodes);
  const isCanceled = delivery.cancellation !== undefined && !facts.some(isReached);
  return isCanceled ? { ...end, outcome: 'canceled' } : end;
}
