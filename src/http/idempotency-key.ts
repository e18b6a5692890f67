import { randomIdempotencyKey } from '../domain/message-id';
import { type AppContext } from './app-context';
import { HttpProblem } from './http-problem';

const HEADER = 'Idempotency-Key';

/**
 * The caller's key of a request. Without one the request gets a key of its own, and the answer names it, so that
 * the caller can repeat the request after a 503.
 * @throws HttpProblem `invalid_request` for a key that is empty, too long or not printable ASCII.
 */
export function idempotencyKeyOf(context: AppContext): string {
  const given = context.request.headers['idempotency-key'];
  const key = given === undefined ? randomIdempotencyKey() : String(given);
  if (!/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key)) {
    throw new HttpProblem('invalid_request', {
      errors: [
        { field: HEADER, message: `${HEADER} is not a key: give 1 to 255 printable ASCII characters, such as a UUID` },
      ],
    });
  }
  context.set(HEADER, key);
  return key;
}
