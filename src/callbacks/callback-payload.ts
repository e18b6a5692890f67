import { type UntoldCallback } from '../database/callback-store';
import { type AttemptResult } from '../domain/attempt-result';
import { type CallbackFacts, type TaskFacts } from '../domain/callback';
import { reasonFor } from '../domain/describe-attempt';
import { type ErrorClass } from '../domain/error-class';
import { messageLinks } from '../http/message-path';
import { type OutcomeView, presentOutcome } from '../http/presenters/outcome';

/** The attempt that a callback is about, in the words of `GET /v1/messages/{id}`. What is not known is null. */
export interface CallbackAttemptView {
  readonly number: number;
  readonly channel: string;
  readonly conversationSid: string | null;
  readonly participantSid: string | null;
  readonly messageSid: string | null;
  readonly callSid: string | null;
  readonly status: string;
  readonly errorCode: number | null;
  readonly errorClass: ErrorClass | null;
  readonly reason: string | null;
}

/** What a caller is sent. Names mean what they mean in `GET /v1/messages/{id}`; there is no text in it, and no address but a masked one for a team's tool. */
export interface CallbackPayload {
  readonly type: string;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  readonly data: {
    readonly messageId: string;
    readonly status: string;
    readonly outcome: OutcomeView | null;
    readonly attempt: CallbackAttemptView | null;
    readonly metadata: Readonly<Record<string, string>>;
    readonly links: { readonly message: string };
    /** Of a message that follows one participant of another message's conversation: that message. */
    readonly parentId?: string;
    /** With `message.held`: until when, and why. */
    readonly hold?: NonNullable<CallbackFacts['hold']>;
    /** With `message.retrying`: how long posthorn waits before the next attempt. */
    readonly delayMs?: number;
    /** With `message.escalated`: the step that comes next, and why. */
    readonly escalation?: NonNullable<CallbackFacts['escalation']>;
    /** With `message.outcome_corrected`. */
    readonly correction?: { readonly was: OutcomeView; readonly is: OutcomeView; readonly because: string };
    /** With `task.…`: the human step. */
    readonly task?: TaskFacts;
  };
}

/** What a caller is sent of a callback: the same at every try. */
export function callbackPayload({ at, facts, messageId, metadata, parentId, type }: UntoldCallback): CallbackPayload {
  const { correction, delayMs, escalation, hold, outcome, status, task } = facts;
  return {
    type,
    timestamp: at,
    data: {
      messageId,
      status,
      outcome: outcome === undefined ? null : presentOutcome(outcome),
      attempt: presentAttempt(facts),
      metadata,
      links: { message: messageLinks(messageId).self },
      ...(parentId === undefined ? {} : { parentId }),
      ...(hold === undefined ? {} : { hold }),
      ...(delayMs === undefined ? {} : { delayMs }),
      ...(escalation === undefined ? {} : { escalation }),
      ...(correction === undefined
        ? {}
        : {
            correction: {
              was: presentOutcome(correction.was),
              is: presentOutcome(correction.is),
              because: correction.because,
            },
          }),
      ...(task === undefined ? {} : { task: presentTaskFacts(task) }),
    },
  };
}

/** What is null is not kept with the facts. */
function presentTaskFacts({ recipient, tried, ...task }: TaskFacts): TaskFacts {
  return tried === undefined
    ? task
    : {
        ...task,
        recipient: recipient ?? null,
        tried: tried.map((attempt) => ({ ...NOTHING_KNOWN, ...attempt })),
      };
}

const NOTHING_KNOWN = { errorCode: null, reason: null } as const;

function presentAttempt({ attempt, result }: CallbackFacts): CallbackAttemptView | null {
  if (attempt === undefined) {
    return null;
  }
  const refusal = result?.kind === 'refused' ? result : undefined;
  return {
    number: attempt.number,
    channel: attempt.channel,
    conversationSid: attempt.conversationSid ?? null,
    participantSid: attempt.participantSid ?? null,
    messageSid: attempt.messageSid ?? null,
    callSid: attempt.callSid ?? null,
    status: result === undefined ? 'handed_over' : statusOf(result),
    errorCode: refusal?.errorCode ?? null,
    errorClass: refusal?.errorClass ?? null,
    reason: result === undefined ? null : reasonFor(result),
  };
}

function statusOf(result: AttemptResult): string {
  return result.kind === 'delivered' ? result.status : result.kind;
}
