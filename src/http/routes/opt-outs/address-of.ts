import { AddressError, parseAddress } from '../../../domain/address';
import { type AppContext } from '../../app-context';
import { HttpProblem } from '../../http-problem';

/**
 * The address of the path, E.164.
 * @throws HttpProblem `invalid_request` that does not repeat what was given.
 */
export function addressOf(context: AppContext): string {
  try {
    return parseAddress(context.params['address'] ?? '').e164;
  } catch (error) {
    if (error instanceof AddressError) {
      throw new HttpProblem('invalid_request', { errors: [{ field: 'address', message: `address ${error.message}` }] });
    }
    throw error;
  }
}
