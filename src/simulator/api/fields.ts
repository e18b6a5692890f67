import { twilioErrors } from '../errors/twilio-errors';

/** Largest Attributes, in bytes: https://www.twilio.com/docs/conversations/conversations-limits */
const LARGEST_CONVERSATION_ATTRIBUTES = 16 * 1024;
const LARGEST_ATTRIBUTES = 4 * 1024;

/** Largest Attributes by what they belong to. */
export const ATTRIBUTE_LIMITS = {
  conversation: LARGEST_CONVERSATION_ATTRIBUTES,
  participant: LARGEST_ATTRIBUTES,
  message: LARGEST_ATTRIBUTES,
} as const;

/**
 * Reads Attributes: JSON text, `{}` when not given.
 * @throws TwilioApiError 50303 when it is longer than the limit in bytes, 50304 when it is no JSON
 */
export function readAttributes(form: URLSearchParams, limitBytes: number): string {
  const text = form.get('Attributes') ?? '{}';
  if (Buffer.byteLength(text) > limitBytes) {
    throw twilioErrors.attributesTooLong();
  }
  try {
    JSON.parse(text);
  } catch {
    throw twilioErrors.attributesNotJson();
  }
  return text;
}

/**
 * Reads an identifier; null when it is not given or empty.
 * @throws TwilioApiError 20001 that names the field and the form it should have
 */
export function readSid(form: URLSearchParams, field: string, prefix: string): string | null {
  const text = form.get(field) ?? '';
  if (text === '') {
    return null;
  }
  if (!new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(text)) {
    throw twilioErrors.invalidParameter(field, `it is ${prefix} and 32 hexadecimal digits`);
  }
  return text;
}

/** @throws TwilioApiError 20001 for the first of the fields that is given: the simulator would otherwise ignore it in silence */
export function refuseFields(form: URLSearchParams, fields: readonly string[]): void {
  for (const field of fields) {
    if (form.has(field)) {
      throw twilioErrors.invalidParameter(field, 'the simulator does not play it; leave it out');
    }
  }
}
