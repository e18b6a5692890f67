const INTERNATIONAL_NUMBER = /(?:\+|%2B)[\d\s().-]{5,}\d/gi;
const BARE_NUMBER = /(?<![0-9a-z])\d{7,15}(?![0-9a-z])/gi;
const MAX_LENGTH = 300;

/**
 * Makes a text of Twilio's or of the network layer fit for logs: phone numbers (with `+`, percent-encoded or bare)
 * become `[number]`, and the text is cut at 300 characters. Identifiers such as `CH…` stay.
 */
export function withoutNumbers(text: string): string {
  return text.replace(INTERNATIONAL_NUMBER, '[number]').replace(BARE_NUMBER, '[number]').slice(0, MAX_LENGTH);
}
