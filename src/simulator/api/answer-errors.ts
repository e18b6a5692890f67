import { type Middleware } from 'koa';
import { TwilioApiError, twilioErrorBody } from '../errors/twilio-api-error';
import { twilioErrors } from '../errors/twilio-errors';
import { type ApiState } from './api-context';

/** The one place that answers a refusal. What is not a refusal is a mistake of the simulator: 500, and reported. */
export function answerErrors(): Middleware<ApiState> {
  return async function answerErrors(ctx, next) {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined && ctx.respond !== false) {
        throw twilioErrors.resourceNotFound(ctx.path);
      }
    } catch (error) {
      const refusal = error instanceof TwilioApiError ? error : twilioErrors.internalError();
      if (refusal !== error) {
        ctx.app.emit('error', error, ctx);
      }
      ctx.state.notes.errorCode = refusal.code;
      ctx.status = refusal.status;
      if (refusal.retryAfterSeconds !== undefined) {
        ctx.set('Retry-After', String(refusal.retryAfterSeconds));
      }
      ctx.body = twilioErrorBody(refusal);
    }
  };
}
