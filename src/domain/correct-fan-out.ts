import { canonicalJson } from './canonical-json';
import { fanOutEnd, isReached } from './fan-out-end';
import { type OptOutCode } from './opt-out-code';
import { type Outcome } from './outcome';
import { type ParticipantFacts } from './participant';

/**
 * What the outcome of a message into a conversation is in the light of all receipts and of what its children came to, when that
 * is not what was recorded at the end; otherwise undefined. A function of the recorded outcome and the sets: order has no effect.
 */
export function correctFanOut(
  recorded: Outcome,
  participants: readonly ParticipantFacts[],
  optOutCodes: readonly OptOutCode[],
): Outcome | undefined {
  if (recorded.kind === 'acknowledged' || (recorded.unreached === undefined && !participants.some(isReached))) {
    return undefined;
  }
  const kinds = new Map(recorded.unreached?.map(({ kind, participantSid }) => [participantSid, kind]));
  const end = fanOutEnd(participants, (participantSid) => kinds.get(participantSid) ?? 'unconfirmed', optOutCodes);
  const isCanceled = recorded.kind === 'canceled' && !participants.some(isReached);
  const { outcome, unreached, ...rest } = end;
  const kind = isCanceled ? recorded.kind : outcome;
  if (kind === recorded.kind && canonicalJson(unreached) === canonicalJson(recorded.unreached ?? [])) {
    return undefined;
  }
  const { attempt, channel } = recorded;
  const at = lastHeard(participants) ?? recorded.at;
  return { kind, channel, attempt, ...rest, at, unreached };
}

function lastHeard(participants: readonly ParticipantFacts[]): string | undefined {
  const times = participants.flatMap(({ childOutcome, state }) => [state.statusAt, state.errorAt, childOutcome?.at]);
  return times
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
}
