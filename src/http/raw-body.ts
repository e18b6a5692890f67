import getRawBody from 'raw-body';
import { type AppContext } from './app-context';
import { HttpProblem } from './http-problem';

/** A caller that sends a body of this size slower holds a connection for nothing. */
const BODY_TIMEOUT_MS = 20_000;

/**
 * Reads the bytes of a body.
 * @throws HttpProblem `body_too_large`, `body_incomplete` or `unsupported_media_type` (compressed bodies are not read:
 * a small one could hold a huge one).
 */
export async function readRawBody(context: Pick<AppContext, 'req' | 'request'>, limitBytes: number): Promise<Buffer> {
  refuseCompression(context);
  // Breaking the connection off makes the read below fail.
  const tooSlow = setTimeout(() => context.req.destroy(), BODY_TIMEOUT_MS);
  try {
    return await getRawBody(context.req, { length: context.request.length, limit: limitBytes });
  } catch (error) {
    throw bodyProblem(error, limitBytes);
  } finally {
    clearTimeout(tooSlow);
  }
}

/** @throws HttpProblem `unsupported_media_type` for a compressed body. */
export function refuseCompression(context: Pick<AppContext, 'request'>): void {
  const encoding = context.request.get('Content-Encoding');
  if (encoding !== '' && encoding !== 'identity') {
    throw new HttpProblem('unsupported_media_type', {
      errors: [
        { field: 'Content-Encoding', message: 'Content-Encoding is not supported: send the body without compression' },
      ],
    });
  }
}

/** The error types are raw-body's. Source: https://github.com/stream-utils/raw-body#errors */
function bodyProblem(error: unknown, limitBytes: number): unknown {
  switch ((error as { readonly type?: unknown }).type) {
    case 'entity.too.large':
      return new HttpProblem('body_too_large', {
        detail: `The body has more than ${limitBytes} bytes.`,
        // The rest of the body is not read, so the connection cannot serve another request.
        headers: { Connection: 'close' },
      });
    case 'request.aborted':
    case 'request.size.invalid':
      return new HttpProblem('body_incomplete', { cause: error });
    default:
      return error;
  }
}
