import { attemptName } from '../evidence';
import { groupBy } from '../group-by';
import { type PlacedCall } from '../log-facts';
import { type Violation } from '../violation';
import { type Case } from './case';
import { nameOf, stopFinder } from './opt-outs';

/** What the ledger and outcomes call calls. */
const CALL_CHANNEL = 'voice';

/** Every call at Twilio is one of ours, the only one of its attempt, and to somebody who had not refused calls before. */
export function checkCalls(theCase: Case): Violation[] {
  const { attempts, log } = theCase;
  return [
    ...log.calls.filter(({ key }) => key === undefined || !attempts.has(nameOfKey(key))).map(withoutRequest),
    ...doubles(log.calls),
    ...afterOptOut(theCase),
    ...untaken(theCase),
  ];
}

function withoutRequest(call: PlacedCall): Violation {
  const { key } = call;
  return {
    kind: 'call_without_request',
    ...about(call),
    expected:
      key === undefined ? 'the key of an attempt in its callback URL' : `a row of attempts for ${nameOfKey(key)}`,
    found: key === undefined ? 'no key of ours' : 'no such attempt',
  };
}

function doubles(calls: readonly PlacedCall[]): Violation[] {
  const keyed = calls.flatMap((call) => (call.key === undefined ? [] : [{ call, name: nameOfKey(call.key) }]));
  return [...groupBy(keyed, ({ name }) => name).values()].flatMap(([first, ...more]) =>
    more.map(({ call }) => ({
      kind: 'two_calls_for_attempt' as const,
      ...about(call),
      expected: 'one call at Twilio for each attempt',
      found: `another one beside ${first?.call.callSid ?? ''}`,
    })),
  );
}

function afterOptOut(theCase: Case): Violation[] {
  const stopBefore = stopFinder(theCase);
  return theCase.log.calls.flatMap((call) => {
    const message = theCase.messages.get(call.key?.messageId ?? '');
    const stop = message === undefined ? undefined : stopBefore(call, { ...call, channel: CALL_CHANNEL }, message);
    if (stop === undefined) {
      return [];
    }
    const found = `a call that was asked for at ${new Date(call.requestedAtMs).toISOString()}`;
    return [{ kind: 'called_after_opt_out', ...about(call), expected: `no call after ${nameOf(stop)}`, found }];
  });
}

/** A message that ended as delivered by a call was taken by somebody. */
function untaken({ covered, log }: Case): Violation[] {
  const calls = groupBy(
    log.calls.filter(({ key }) => key !== undefined),
    ({ key }) => (key === undefined ? '' : nameOfKey(key)),
  );
  return covered.flatMap(({ messageId, outcome }) => {
    if (outcome?.kind !== 'delivered' || outcome.channel !== CALL_CHANNEL) {
      return [];
    }
    const { attempt } = outcome;
    const made = calls.get(attemptName(messageId, attempt)) ?? [];
    const found = `outcome ${outcome.kind}, by attempt ${attempt}`;
    return made.some(({ callSid }) => log.takenCalls.has(callSid))
      ? []
      : [{ kind: 'outcome_disagrees', messageId, attempt, expected: 'a call that somebody took', found }];
  });
}

function nameOfKey({ attempt, messageId }: NonNullable<PlacedCall['key']>): string {
  return attemptName(messageId, attempt);
}

function about({ callSid, conversationSid, key }: PlacedCall): Pick<Violation, 'callSid' | 'messageId' | 'attempt'> {
  return {
    ...(key === undefined ? {} : { messageId: key.messageId, attempt: key.attempt }),
    callSid,
    ...(conversationSid === undefined ? {} : { conversationSid }),
  };
}
