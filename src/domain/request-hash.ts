import { createHash } from 'node:crypto';
import { type SendRequest } from './send-request';

/**
 * SHA-256 of a request in hexadecimal digits, over JSON with sorted keys: equal requests have equal hashes,
 * however they were written. Tells another request under the same idempotency key.
 */
export function requestHash(request: SendRequest): string {
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
