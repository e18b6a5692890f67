import { type DeadLetterStore, type Reopening } from '../database/dead-letter-store';
import { type ReopenRequest } from '../database/sql/reopen-message';
import { whyNotDead } from '../domain/dead-letter';
import { workflowIdFor } from '../domain/workflow-id';
import { type MessageClient } from '../temporal/message-client';

/** Why a message was not redriven. */
export type RedriveRefusal = 'unknown' | 'still_open' | 'not_dead';

/** What came of the wish to redrive a message. */
export type RedriveResult =
  | {
      readonly kind: 'redriven';
      readonly messageId: string;
      readonly workflowId: string;
      /** Somebody redrove it before, and it has not ended since. */
      readonly isReplayed: boolean;
    }
  /** `message` says why, and what to do instead. */
  | {
      readonly kind: 'refused';
      readonly messageId: string;
      readonly refusal: RedriveRefusal;
      readonly message: string;
    };

export interface RedriveDependencies {
  readonly deadLetters: Pick<DeadLetterStore, 'reopen'>;
  readonly client: Pick<MessageClient, 'start'>;
}

/**
 * Opens a dead message again and starts its workflow. However many ask at once, it is opened once; who comes later starts it only
 * when nobody has. Once it is open it is followed: when the start fails, the sweep makes up for it.
 * Throws what `reopen` and `start` throw.
 */
export async function redriveMessage(
  { client, deadLetters }: RedriveDependencies,
  request: ReopenRequest,
): Promise<RedriveResult> {
  const { messageId } = request;
  const reopening = await deadLetters.reopen(request);
  if (reopening.kind !== 'reopened' && reopening.kind !== 'open_again') {
    return { kind: 'refused', messageId, ...refusalOf(reopening) };
  }
  const isReplayed = reopening.kind === 'open_again';
  if (!isReplayed || !reopening.isStarted) {
    await client.start(reopening.start);
  }
  return { kind: 'redriven', messageId, workflowId: workflowIdFor(messageId), isReplayed };
}

type Refused = Exclude<Reopening, { kind: 'reopened' | 'open_again' }>;

function refusalOf(reopening: Refused): { readonly refusal: RedriveRefusal; readonly message: string } {
  switch (reopening.kind) {
    case 'unknown':
      return {
        refusal: 'unknown',
        message: 'There is no such message: give the id that was answered when it was sent.',
      };
    case 'in_first_run':
      return {
        refusal: 'still_open',
        message: 'The message has not ended: posthorn is still at it. Wait for its outcome, or cancel it.',
      };
    case 'not_dead':
      return { refusal: 'not_dead', message: whyNotDead(reopening.outcome) };
  }
}
