import { type PartialPolicy } from '../domain/complete-policy';
import { parsePartialPolicy } from '../request/parse-partial-policy';

/**
 * Reads POSTHORN_DEFAULT_POLICY: JSON in the form of `policy` in a request.
 * @throws Error that names every field at fault.
 */
export function readDefaultPolicy(text: string): PartialPolicy {
  const parsed = parsePartialPolicy(parseJson(text));
  if (!parsed.ok) {
    throw new Error(`is not a policy: ${parsed.problems.map(({ message }) => message).join('; ')}`);
  }
  return parsed.policy;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('is not JSON: write an object as in a request, such as {"deliveryTimeout":"5m","maxAttempts":2}', {
      cause: error,
    });
  }
}
