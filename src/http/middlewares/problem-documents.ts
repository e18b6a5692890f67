import { type Logger } from '../../telemetry/logger';
import { type AppMiddleware } from '../app-context';
import { PROBLEM_MEDIA_TYPE, problemDocument } from '../problem-document';
import { toHttpProblem } from '../to-http-problem';

/** The only place that answers with an error. What is unknown becomes `internal_error` outside and a log line inside. */
export function problemDocuments(logger: Logger): AppMiddleware {
  return async function problemDocuments(context, next) {
    try {
      await next();
    } catch (error) {
      const problem = toHttpProblem(error);
      const { status, retryAfterSeconds } = problem.definition;
      const { requestId } = context.state;
      if (status === 500) {
        logger.error({ err: error, requestId }, 'a request failed for a reason that posthorn does not know');
      } else if (status > 500) {
        logger.warn({ err: error, requestId, code: problem.code }, 'a request could not be served');
      }
      context.status = status;
      context.set(problem.details.headers ?? {});
      if (retryAfterSeconds !== undefined) {
        context.set('Retry-After', String(retryAfterSeconds));
      }
      context.body = problemDocument(problem, requestId);
      context.type = PROBLEM_MEDIA_TYPE;
    }
  };
}
