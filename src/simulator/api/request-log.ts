import { type Middleware } from 'koa';
import { type RequestRecord } from '../logs/request-record';
import { type BoundedLog } from '../logs/bounded-log';
import { type ApiState } from './api-context';

/** Writes one entry for each request, once it is answered or its connection is gone. */
export function requestLog(log: BoundedLog<RequestRecord>): Middleware<ApiState> {
  return async function requestLog(ctx, next) {
    const startedAt = performance.now();
    const notes = { operation: null, errorCode: null, faultIds: [] };
    ctx.state.notes = notes;
    ctx.res.once('close', () => {
      log.append({
        method: ctx.method,
        path: ctx.originalUrl,
        status: ctx.res.writableFinished ? ctx.res.statusCode : null,
        ...notes,
        durationMs: Math.round(performance.now() - startedAt),
      });
    });
    await next();
  };
}
