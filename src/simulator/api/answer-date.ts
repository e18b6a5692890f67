import { type Middleware } from 'koa';
import { type AccountBook } from '../account/account-book';
import { type ApiState } from './api-context';

/** Dates every answer by the clock of the simulated API, which may be off. */
export function answerDate(book: AccountBook): Middleware<ApiState> {
  return async function answerDate(ctx, next) {
    ctx.set('Date', new Date(Date.now() + book.account.clockOffsetMs).toUTCString());
    await next();
  };
}
