import { type LogRange } from '../logs/bounded-log';
import { ControlError } from './control-error';

/** Reads `since` and `limit` from a query. @throws ControlError 400 that names the parameter */
export function readLogRange(query: URLSearchParams): LogRange {
  const since = readWhole(query, 'since');
  const limit = readWhole(query, 'limit');
  return { ...(since === undefined ? {} : { since }), ...(limit === undefined ? {} : { limit }) };
}

function readWhole(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) {
    return undefined;
  }
  if (!/^\d{1,15}$/.test(text)) {
    throw new ControlError(400, `${name}: use a whole number from 0 on`);
  }
  return Number(text);
}
