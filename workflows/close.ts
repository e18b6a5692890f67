import { workflowInfo } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { verdict } from '../src/domain/delivery-state';
import { reasonFor } from '../src/domain/describe-attempt';
import { type Outcome, type OutcomeKind } from '../src/domain/outcome';
import { records } from './activity-proxies';
import { type Attempt, attemptOf, attemptsMade, channelOf, type Delivery, stateOf } from './delivery';
import { deadCauseFor } from './dead-cause-for';
import { enter } from './enter';
import { attemptEnd, heardEventIds } from './record-progress';
import { CHANNEL, OUTCOME } from './search-attributes';
import { sentBefore } from './sent-before';
import { summary } from './summary';

/** Writes the one outcome of the message. */
export async function close(delivery: Delivery, result: AttemptResult, kind: OutcomeKind): Promise<Outcome> {
  const outcome = outcomeOf(delivery, result, kind);
  delivery.outcome = outcome;
  enter(delivery, 'closed', { key: OUTCOME, value: kind }, { key: CHANNEL, value: outcome.channel });
  const end = {
    message: delivery.input,
    outcome,
    heardEventIds: heardEventIds(delivery),
    startedAt: workflowInfo().startTime.toISOString(),
    ...attemptEnd(delivery, result),
  };
  await records.recordOutcome.executeWithOptions(summary(`${kind.replaceAll('_', ' ')}: ${outcome.reason}`), [end]);
  return outcome;
}

function outcomeOf(delivery: Delivery, result: AttemptResult, kind: OutcomeKind): Outcome {
  const attempt = attemptOf(delivery, result);
  const dead = deadCauseFor(delivery, result);
  return {
    kind,
    channel: attempt?.channel ?? channelOf(delivery),
    attempt: attempt?.number ?? attemptsMade(delivery),
    ...(result.kind === 'refused' ? errorOf(result) : {}),
    ...(result.kind === 'suppressed' ? errorOf({ ...result, errorClass: 'recipient' }) : {}),
    ...(result.kind === 'fanned_out' ? unreachedOf(result) : {}),
    ...(dead === undefined ? {} : { dead }),
    reason:
      reasonFor(result) + beyondRecall(delivery, result, attempt) + (kind === 'opted_out' ? sentBefore(delivery) : ''),
    at: new Date().toISOString(),
  };
}

/** A later attempt that Twilio took before the proof of an earlier one was heard: the recipient may get it as well. */
function beyondRecall(delivery: Delivery, result: AttemptResult, arrived: Attempt | undefined): string {
  const later = delivery.attempts
    .filter(({ handedOver, number }) => handedOver !== undefined && arrived !== undefined && number > arrived.number)
    .filter((attempt) => verdict(stateOf(delivery, attempt)) !== 'failed')
    .map(({ number }) => number);
  if (result.kind !== 'delivered' || later.length === 0) {
    return '';
  }
  return `; Twilio already had attempt ${later.join(' and ')}, which cannot be called back and may arrive as well`;
}

function errorOf({
  errorCode,
  errorClass,
}: Pick<Extract<AttemptResult, { kind: 'refused' }>, 'errorCode' | 'errorClass'>): Pick<
  Outcome,
  'errorCode' | 'errorClass'
> {
  return { ...(errorCode === undefined ? {} : { errorCode }), errorClass };
}

function unreachedOf({
  errorClass,
  errorCode,
  unreached,
}: Extract<AttemptResult, { kind: 'fanned_out' }>): Partial<Outcome> {
  const error = errorCode === undefined || errorClass === undefined ? {} : { errorCode, errorClass };
  return { ...error, unreached };
}
