import { createHash, randomUUID } from 'node:crypto';
import { base32 } from './base32';
import { type ChildOf } from './child-of';
import { type TaskKey } from './task-id';

/** 160 bits of the digest are kept: 32 characters of base32. */
const DIGEST_BYTES = 20;

/**
 * The id of the message that a tenant's idempotency key stands for: the same two always give the same id.
 * Hashed, because a key may have personal data in it.
 * @returns `msg_` and 32 characters of a–z and 2–7.
 */
export function messageIdFor(tenant: string, idempotencyKey: string): string {
  return idOf([tenant, idempotencyKey]);
}

/** The id of the message to one participant alone, after an attempt of another message did not reach it. Derived, as every id is. */
export function childMessageId({
  attempt,
  parentId,
  participantSid,
}: Pick<ChildOf, 'attempt' | 'parentId' | 'participantSid'>): string {
  return idOf([parentId, attempt, participantSid]);
}

/** The id of the message that tells somebody on call of a task. A task that is opened anew is told of anew. */
export function onCallMessageId({ messageId, step }: TaskKey, openedAt: string): string {
  return idOf(['on-call', messageId, step, openedAt]);
}

/** The id of the answer to somebody on call: one of each kind for a task, however often the reply comes. */
export function onCallAnswerId({ messageId, step }: TaskKey, openedAt: string, kind: 'taken' | 'late'): string {
  return idOf(['on-call-answer', messageId, step, openedAt, kind]);
}

function idOf(parts: readonly (string | number)[]): string {
  // JSON tells ["a","bc"] from ["ab","c"] and escapes halves of surrogate pairs, which UTF-8 cannot tell apart.
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  return `msg_${base32(digest.subarray(0, DIGEST_BYTES))}`;
}

/** A key for a request that came without one: never the same twice. */
export function randomIdempotencyKey(): string {
  return randomUUID();
}
