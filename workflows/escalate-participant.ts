import { type AttemptResult } from '../src/domain/attempt-result';
import { type ChildOf } from '../src/domain/child-of';
import { childRequest } from '../src/domain/child-request';
import { verdict } from '../src/domain/delivery-state';
import { reasonFor } from '../src/domain/describe-attempt';
import { nextStep } from '../src/domain/next-step';
import { refusalFrom } from '../src/domain/refusal-from';
import { records } from './activity-proxies';
import { type Attempt, type Delivery } from './delivery';
import { enter } from './enter';
import { type FanOut, type Followed, stateOfParticipant } from './followed-participants';
import { heardEventIds, ofRun } from './record-progress';
import { startChild } from './start-child';
import { summary } from './summary';

/**
 * Decides what follows for a participant who was not reached: a message of their own, from the next step of the ladder on, or nothing.
 * There is no retry, since Twilio would send to everybody again. Decided once: what is heard later causes no further message.
 */
export async function weigh(delivery: Delivery, attempt: Attempt, fan: FanOut, followed: Followed): Promise<void> {
  followed.isWeighed = true;
  const result = resultOf(delivery, fan, followed);
  const { policy } = delivery.input.request;
  const { channel, isOptedOut } = followed.participant;
  // Whoever had opted out before has said more than a block says.
  const moment = { ...delivery.position, attemptInStep: Infinity, ...(!isOptedOut && { channel }) };
  const next = nextStep(policy, moment, result);
  if (next.kind !== 'escalate') {
    return;
  }
  const { only, step } = next;
  const because = reasonFor(result);
  await openChild(delivery, followed, {
    parentId: delivery.input.messageId,
    attempt: attempt.number,
    participantSid: followed.participant.participantSid,
    position: { step, attemptInStep: 1, ...(only === undefined ? {} : { only }) },
    because,
  });
}

/** What became of the message for one participant. Nobody who has opted out is written to in another way. */
function resultOf(delivery: Delivery, { optOutCodes, refusal }: FanOut, followed: Followed): AttemptResult {
  const state = stateOfParticipant(delivery, followed);
  if (verdict(state) === 'failed') {
    return refusalFrom(state, optOutCodes);
  }
  if (followed.participant.isOptedOut) {
    return { kind: 'opted_out', reason: 'the participant had opted out before the message was sent' };
  }
  return refusal ?? { kind: 'timed_out' };
}

async function openChild(delivery: Delivery, followed: Followed, childOf: ChildOf): Promise<void> {
  const { request, tenant } = delivery.input;
  const { because: reason, participantSid, position } = childOf;
  const line = `a message for ${participantSid} alone, because ${reason}`;
  const child = await records.openChild.executeWithOptions(summary(line), [
    { childOf, tenant, request: childRequest(request) },
  ]);
  enter(delivery, 'escalating');
  const stepChannel = request.policy.escalation[position.step - 1]?.channel ?? 'sms';
  const detail = { step: position.step, channel: stepChannel, participantSid, child: child.messageId, reason };
  const progress = {
    ...ofRun(delivery),
    status: delivery.status,
    note: { kind: 'escalated', attempt: childOf.attempt, detail } as const,
    heardEventIds: heardEventIds(delivery),
  };
  await records.recordProgress.executeWithOptions(summary(`escalated, because ${reason}`), [progress]);
  followed.child = startChild(child);
}
