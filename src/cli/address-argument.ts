import { InvalidArgumentError } from 'commander';
import { AddressError, parseAddress } from '../domain/address';

/** Reads an address of the command line as E.164. @throws InvalidArgumentError */
export function addressArgument(text: string): string {
  try {
    return parseAddress(text).e164;
  } catch (error) {
    if (error instanceof AddressError) {
      throw new InvalidArgumentError(`It ${error.message}.`);
    }
    throw error;
  }
}
