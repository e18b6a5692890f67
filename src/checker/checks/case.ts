import { coveredMessages } from '../covered-messages';
import { type AttemptEvidence, attemptName, type Evidence, type MessageEvidence } from '../evidence';
import { groupBy } from '../group-by';
import { type Create, factsOf, type LogFacts } from '../log-facts';

/** The evidence with its parts findable without a search. */
export interface Case {
  readonly evidence: Evidence;
  readonly log: LogFacts;
  /** Of which the log can tell all. */
  readonly covered: readonly MessageEvidence[];
  readonly messages: ReadonlyMap<string, MessageEvidence>;
  /** By the message that did not reach everybody. */
  readonly childrenOf: ReadonlyMap<string, readonly MessageEvidence[]>;
  readonly attempts: ReadonlyMap<string, AttemptEvidence>;
  /** Messages at Twilio by the attempt that they were sent for. */
  readonly creates: ReadonlyMap<string, readonly Create[]>;
  /** Messages at Twilio by the message that they were sent for. */
  readonly createsOfMessage: ReadonlyMap<string, readonly Create[]>;
}

/** Prepares the evidence for the checks. */
export function openCase(evidence: Evidence): Case {
  const log = factsOf(evidence.log);
  const keyed = log.creates.flatMap((create) => (create.key === undefined ? [] : [{ create, key: create.key }]));
  const creates = groupBy(keyed, ({ key }) => attemptName(key.messageId, key.attempt));
  const createsOfMessage = groupBy(keyed, ({ key }) => key.messageId);
  const unwrap = (groups: Map<string, typeof keyed>): Map<string, Create[]> =>
    new Map([...groups].map(([name, group]) => [name, group.map(({ create }) => create)]));
  return {
    evidence,
    log,
    covered: coveredMessages(evidence),
    messages: new Map(evidence.messages.map((message) => [message.messageId, message])),
    childrenOf: groupBy(
      evidence.messages.filter(({ childOf }) => childOf !== undefined),
      ({ childOf }) => childOf?.parentId ?? '',
    ),
    attempts: new Map(evidence.attempts.map((attempt) => [attemptName(attempt.messageId, attempt.number), attempt])),
    creates: unwrap(creates),
    createsOfMessage: unwrap(createsOfMessage),
  };
}
