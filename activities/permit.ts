import { type AttemptGrant, type CreatePlace } from '../src/database/message-store';
import { type Handover, type HandOverDependencies, type Trail } from './handover-context';
import { messageClosed } from './message-closed';

/** What the ledgers said, and until when it may be acted on, in milliseconds since 1970. */
export interface Permit {
  readonly grant: AttemptGrant;
  readonly validUntil: number;
}

/**
 * How long a create may wait to be posted after it was asked for, in milliseconds. Whoever finds it open counts on it:
 * after this time, the limit of a request and the lag of the list, its message is listed or there is none.
 */
export const PERMIT_MS = 2_000;

/** Asks the ledgers whether the message may be posted. */
export async function begin(
  { messages }: HandOverDependencies,
  { attempt, message }: Handover,
  trail: Trail,
  place?: CreatePlace,
): Promise<Permit> {
  const validUntil = Date.now() + PERMIT_MS;
  const grant = await messages.beginAttempt(message, attempt, place);
  trail.mayBeAtTwilio = grant.openCreate !== undefined || grant.messageSid !== undefined;
  if (grant.isClosed === true) {
    if (grant.createId !== undefined) {
      await messages.withdrawCreate(message.messageId, attempt.number, grant.createId);
    }
    throw messageClosed();
  }
  return { grant, validUntil };
}
