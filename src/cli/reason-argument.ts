import { InvalidArgumentError } from 'commander';
import { LONGEST_REASON } from '../opt-outs/reason-length';

/** Reads why somebody changes the ledger. @throws InvalidArgumentError */
export function reasonArgument(text: string): string {
  if (text.trim() === '') {
    throw new InvalidArgumentError('It is empty: give the reason in words, such as "asked by phone".');
  }
  if (text.length > LONGEST_REASON) {
    throw new InvalidArgumentError(`It is longer than ${LONGEST_REASON} characters: shorten it.`);
  }
  return text;
}
