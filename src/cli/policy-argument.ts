import { InvalidArgumentError } from 'commander';
import { type SendRequestInput } from '../request/send-request-schema';

/** Reads the JSON of a policy; what is in it is checked with the rest of the request. @throws InvalidArgumentError */
export function policyArgument(text: string): SendRequestInput['policy'] {
  try {
    return JSON.parse(text) as SendRequestInput['policy'];
  } catch {
    throw new InvalidArgumentError('It is not JSON: give an object such as {"deliveryTimeout":"5m","maxAttempts":2}.');
  }
}
