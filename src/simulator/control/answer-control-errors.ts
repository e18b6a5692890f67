import { type Middleware } from 'koa';
import { ControlError } from './control-error';

/** Answers what a caller of the control API did wrong as `{error}`; anything else is left to Koa. */
export function answerControlErrors(): Middleware {
  return async function answerControlErrors(ctx, next) {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof ControlError)) {
        throw error;
      }
      ctx.status = error.status;
      ctx.body = { error: error.message };
    }
  };
}
