import { type AppContext } from './app-context';
import { HttpProblem } from './http-problem';
import { readRawBody } from './raw-body';

/** Far above the largest request that is valid: 1600 characters of text, ten steps with texts of their own, metadata. */
const BODY_LIMIT_BYTES = 128 * 1024;

/**
 * Reads the JSON of a body; an empty body is an empty object, for routes where every field may be left out.
 * @throws HttpProblem `unsupported_media_type`, `invalid_json`, or one of `readRawBody`.
 */
export async function readJsonBody(context: AppContext): Promise<unknown> {
  if (context.request.headers['content-type'] !== undefined && context.is('json', '+json') === false) {
    throw unsupportedContentType();
  }
  const rawBody = await readRawBody(context, BODY_LIMIT_BYTES);
  if (rawBody.length === 0) {
    return {};
  }
  if (context.request.headers['content-type'] === undefined) {
    throw unsupportedContentType();
  }
  return parseJson(rawBody);
}

function unsupportedContentType(): HttpProblem {
  return new HttpProblem('unsupported_media_type', {
    errors: [{ field: 'Content-Type', message: 'Content-Type is not application/json: set it to application/json' }],
  });
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch (error) {
    // The parser's own message repeats parts of the body, which may be personal; only the place is taken from it.
    const [, position] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    throw new HttpProblem('invalid_json', {
      detail:
        position === undefined ? 'The body is not valid JSON.' : `The body is not valid JSON at character ${position}.`,
      errors: [{ field: 'body', message: 'the body is not valid JSON: send one JSON object in UTF-8' }],
    });
  }
}
