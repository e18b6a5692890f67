import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/max';
import { type MessageChannel } from './channel';
import { describeStray } from './sid';

/** A phone number in E.164, and the channel when the text said one. */
export interface Address {
  readonly e164: string;
  readonly channel?: MessageChannel;
}

/** An address cannot be read. The message continues a sentence that starts with the field's name, and never has the address in it. */
export class AddressError extends TypeError {
  override readonly name = 'AddressError';
}

const HOW_TO_WRITE = 'write + and the country code, such as +12025550101 or whatsapp:+12025550101';
const LONGEST_TEXT = 64;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const NUMBER_WITH_SEPARATORS = /^\+[\d\s().\p{Pd}/]+$/u;

/**
 * Reads `+…` or `whatsapp:+…`; spaces, dashes, dots and parentheses between the digits do not matter,
 * nor do the invisible characters that address books add.
 * @throws AddressError that says what is wrong and how to write it.
 */
export function parseAddress(text: string): Address {
  if (text.length > LONGEST_TEXT) {
    throw new AddressError(`is too long for a phone number: ${HOW_TO_WRITE}`);
  }
  const visible = text.normalize('NFKC').replace(INVISIBLE, '').trim();
  const prefix = /^([a-z]+):/i.exec(visible)?.[1]?.toLowerCase();
  if (prefix !== undefined && prefix !== 'whatsapp') {
    throw new AddressError(`starts with a prefix that is not whatsapp: ${HOW_TO_WRITE}`);
  }
  const e164 = parseNumber(prefix === undefined ? visible : visible.slice('whatsapp:'.length).trim());
  return prefix === undefined ? { e164 } : { e164, channel: 'whatsapp' };
}

/**
 * An address for people's eyes, with most digits hidden: `+1 202 ••• ••01`. Still personal data: for screens, not for logs.
 */
export function maskAddress(e164: string): string {
  const number = parsePhoneNumberFromString(e164, { extract: false });
  if (number === undefined) {
    return '•••';
  }
  const countryPart = `+${number.countryCallingCode}`;
  const nationalPart = number.formatInternational().slice(countryPart.length);
  const digits = number.nationalNumber.length;
  const shownFirst = digits >= 9 ? 3 : 0;
  let position = 0;
  const masked = nationalPart.replace(/\d/g, (digit) => {
    position += 1;
    return position <= shownFirst || position > digits - 2 ? digit : '•';
  });
  return countryPart + masked;
}

/** The country of an address, ISO 3166-1 alpha-2; undefined for numbers that belong to none, such as satellite phones. */
export function countryOf(e164: string): string | undefined {
  return parsePhoneNumberFromString(e164, { extract: false })?.country;
}

function parseNumber(text: string): string {
  if (text === '') {
    throw new AddressError(`is empty: ${HOW_TO_WRITE}`);
  }
  if (text.startsWith('00')) {
    throw new AddressError('starts with 00: write + in its place, such as +12025550101');
  }
  const stray = describeStray(text, `an address is a phone number: ${HOW_TO_WRITE}`);
  if (stray !== undefined) {
    throw new AddressError(stray);
  }
  if (/\p{L}/u.test(text)) {
    throw new AddressError(`has letters in it: ${HOW_TO_WRITE}`);
  }
  if (!text.startsWith('+')) {
    throw new AddressError(`has no country code: ${HOW_TO_WRITE}`);
  }
  if (!NUMBER_WITH_SEPARATORS.test(text)) {
    throw new AddressError(`has characters that do not belong in a phone number: ${HOW_TO_WRITE}`);
  }
  const number = parsePhoneNumberFromString(text, { extract: false });
  if (number?.isValid() !== true) {
    throw new AddressError(`${whyInvalid(text)}: check the digits, and ${HOW_TO_WRITE}`);
  }
  return number.number;
}

function whyInvalid(text: string): string {
  switch (validatePhoneNumberLength(text)) {
    case 'TOO_SHORT':
      return 'has too few digits for its country';
    case 'TOO_LONG':
      return 'has too many digits for its country';
    case 'INVALID_COUNTRY':
      return 'has a country code that does not exist';
    case 'INVALID_LENGTH':
    case 'NOT_A_NUMBER':
    case undefined:
      return 'is not a number that its country gives out';
  }
}
