import { type AppMiddleware } from '../app-context';

/** Keeps answers with personal data out of every cache. */
export function privateAnswers(): AppMiddleware {
  return async function privateAnswers(context, next) {
    context.set('Cache-Control', 'no-store');
    await next();
  };
}
