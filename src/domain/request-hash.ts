import { createHash } from 'node:crypto';

/**
 * SHA-256 in hexadecimal digits of a request as its caller sent it, over JSON with sorted keys.
 * Tells another request under the same idempotency key. Defaults are not part of it: they may change between
 * a request and its repetition, and the repetition must still be known for one.
 */
export function requestHash(request: unknown): string {
  return createHash('sha256').update(canonicalJson(request)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isPlainObject(part) ? sortedByKey(part) : part));
}

function sortedByKey(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isPlainObject(part: unknown): part is object {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}
