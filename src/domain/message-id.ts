import { createHash, randomUUID } from 'node:crypto';
import { base32 } from './base32';

/** 160 bits of the digest are kept: 32 characters of base32. */
const DIGEST_BYTES = 20;

/**
 * The id of the message that a tenant's idempotency key stands for: the same two always give the same id.
 * Hashed, because a key may have personal data in it.
 * @returns `msg_` and 32 characters of a–z and 2–7.
 */
export function messageIdFor(tenant: string, idempotencyKey: string): string {
  // JSON tells ["a","bc"] from ["ab","c"] and escapes halves of surrogate pairs, which UTF-8 cannot tell apart.
  const digest = createHash('sha256')
    .update(JSON.stringify([tenant, idempotencyKey]))
    .digest();
  return `msg_${base32(digest.subarray(0, DIGEST_BYTES))}`;
}

/** A key for a request that came without one: never the same twice. */
export function randomIdempotencyKey(): string {
  return randomUUID();
}
