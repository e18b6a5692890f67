import { type IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import { ControlError } from './control-error';

const LARGEST_BODY = '1mb';

/**
 * Reads a JSON body. The content type has to say JSON, which a page of another origin cannot send unasked.
 * @throws ControlError 415 or 400
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new ControlError(415, 'Content-Type: send the body as application/json');
  }
  const text = await getRawBody(request, { limit: LARGEST_BODY, encoding: 'utf-8' });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ControlError(400, `the body: it is no JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
}
