import { attemptName, type MessageEvidence, type OutcomeEvidence } from '../evidence';
import { type Create } from '../log-facts';
import { isReached, type Reach, reachesOf } from '../reach';
import { type Violation } from '../violation';
import { type Case } from './case';

/** Outcomes that say that it arrived. */
const ARRIVED = new Set(['delivered', 'read']);

/** A person's word stands whatever a receipt says. */
const BY_PERSON = new Set(['acknowledged']);

/** Channels of which the log has the receipts. */
const LOGGED_CHANNELS = new Set(['sms', 'whatsapp']);

/** Every outcome says what Twilio's receipts say in the end. */
export function checkOutcomes(theCase: Case): Violation[] {
  return theCase.covered.flatMap((message) => {
    const { outcome } = message;
    if (outcome === undefined || BY_PERSON.has(outcome.kind)) {
      return [];
    }
    return message.isFanOut ? checkFanOut(theCase, message, outcome) : checkSingle(theCase, message, outcome);
  });
}

function checkSingle(theCase: Case, message: MessageEvidence, outcome: OutcomeEvidence): Violation[] {
  const creates = theCase.createsOfMessage.get(message.messageId) ?? [];
  const arrived = creates.find((create) => reachesFor(theCase, create).some(isReached));
  if (ARRIVED.has(outcome.kind)) {
    return checkArrived(theCase, message, outcome);
  }
  if (arrived !== undefined) {
    return [disagreement(message, outcome, 'an outcome that says that it arrived, as Twilio does', arrived)];
  }
  const deciding = createOf(theCase, message, outcome);
  if (outcome.kind === 'unconfirmed' && deciding !== undefined && wasTold(theCase, deciding, 'failed', 'undelivered')) {
    return [disagreement(message, outcome, 'an outcome that names the refusal, which was told', deciding)];
  }
  return [];
}

/** An outcome that says that it arrived needs the receipt of the attempt that it names, and the best one that is known. */
function checkArrived(theCase: Case, message: MessageEvidence, outcome: OutcomeEvidence): Violation[] {
  if (!LOGGED_CHANNELS.has(outcome.channel)) {
    return [];
  }
  const create = createOf(theCase, message, outcome);
  const reaches = create === undefined ? [] : reachesFor(theCase, create);
  if (!reaches.some(isReached)) {
    return [disagreement(message, outcome, `a receipt of attempt ${outcome.attempt} that says so`, create)];
  }
  if (outcome.kind === 'read' && !reaches.includes('read')) {
    return [disagreement(message, outcome, 'delivered: nobody has read it', create)];
  }
  const wasRead = (theCase.createsOfMessage.get(message.messageId) ?? []).find((other) =>
    wasTold(theCase, other, 'read'),
  );
  if (outcome.kind === 'delivered' && wasRead !== undefined) {
    return [disagreement(message, outcome, 'read, which was told', wasRead)];
  }
  return [];
}

function checkFanOut(theCase: Case, message: MessageEvidence, outcome: OutcomeEvidence): Violation[] {
  const creates = theCase.createsOfMessage.get(message.messageId) ?? [];
  const reached = reachedParticipants(theCase, message, creates);
  const count = [...reached.values()].filter(Boolean).length;
  const [create] = creates;
  if (count > 0 && count === reached.size && !ARRIVED.has(outcome.kind)) {
    return [disagreement(message, outcome, `delivered: all ${count} participants have it`, create)];
  }
  if (count > 0 && count < reached.size && outcome.kind !== 'partly_delivered') {
    return [
      disagreement(message, outcome, `partly_delivered: ${count} of ${reached.size} participants have it`, create),
    ];
  }
  if (count === 0 && (ARRIVED.has(outcome.kind) || outcome.kind === 'partly_delivered')) {
    return [disagreement(message, outcome, 'something else: no participant has it', create)];
  }
  return [];
}

/** Whether each participant was reached by any attempt, or by a message that was sent because none had. */
function reachedParticipants(
  { childrenOf, log }: Case,
  { messageId }: MessageEvidence,
  creates: readonly Create[],
): Map<string, boolean> {
  const reached = new Map<string, boolean>();
  for (const create of creates) {
    const reaches = reachesOf(log, create);
    create.recipients.forEach(({ participantSid }, index) => {
      const reach: Reach = reaches[index] ?? 'unknown';
      reached.set(participantSid, reached.get(participantSid) === true || isReached(reach));
    });
  }
  for (const { childOf, outcome } of childrenOf.get(messageId) ?? []) {
    const kind = outcome?.kind ?? '';
    if (childOf !== undefined && (ARRIVED.has(kind) || BY_PERSON.has(kind))) {
      reached.set(childOf.participantSid, true);
    }
  }
  return reached;
}

/** How far the one was reached whom an attempt was for: others may be in the conversation too. */
function reachesFor({ attempts, log }: Case, create: Create): Reach[] {
  const { key } = create;
  const attempt = key === undefined ? undefined : attempts.get(attemptName(key.messageId, key.attempt));
  return reachesOf(log, create, attempt?.recipient);
}

/** The message at Twilio on which the outcome rests. */
function createOf({ creates }: Case, { messageId }: MessageEvidence, { attempt }: OutcomeEvidence): Create | undefined {
  return creates.get(attemptName(messageId, attempt))?.[0];
}

/** Twilio keeps just the latest status of a receipt, so what was before it can be known only if it was told. */
function wasTold({ log }: Case, { messageSid }: Create, ...statuses: readonly string[]): boolean {
  return statuses.some((status) => log.toldStatuses.get(messageSid)?.has(status) === true);
}

function disagreement(
  { messageId }: MessageEvidence,
  { attempt, kind }: OutcomeEvidence,
  expected: string,
  create: Create | undefined,
): Violation {
  const { conversationSid, key, messageSid } = create ?? {};
  return {
    kind: 'outcome_disagrees',
    messageId,
    attempt: key?.attempt ?? attempt,
    ...(messageSid === undefined ? {} : { messageSid }),
    ...(conversationSid === undefined ? {} : { conversationSid }),
    expected,
    found: `outcome ${kind}, by attempt ${attempt}`,
  };
}
