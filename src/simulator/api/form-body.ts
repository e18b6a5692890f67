import { type IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import { twilioErrors } from '../errors/twilio-errors';

/** Larger than anything that the API takes. */
const LARGEST_BODY = '128kb';

/**
 * Reads a form-encoded body; without one the form is empty.
 * @throws TwilioApiError 20001 when the body is of another type
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const text = await getRawBody(request, { limit: LARGEST_BODY, encoding: 'utf-8' });
  const type = request.headers['content-type'] ?? '';
  if (text !== '' && !/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw twilioErrors.invalidParameter('Content-Type', 'send the fields as application/x-www-form-urlencoded');
  }
  return new URLSearchParams(text);
}
