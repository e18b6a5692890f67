import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

/**
 * SHA-256 in hexadecimal digits of a request as its caller sent it, over JSON with sorted keys.
 * Tells another request under the same idempotency key. Defaults are not part of it: they may change between
 * a request and its repetition, and the repetition must still be known for one.
 */
export function requestHash(request: unknown): string {
  return createHash('sha256').update(canonicalJson(request)).digest('hex');
}
