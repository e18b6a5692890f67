import { CALL_STATUSES, type Call } from '../../entities/call';
import { twilioErrors } from '../../errors/twilio-errors';

type Test = (call: Call) => boolean;

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/**
 * Reads which calls a list is to have: To, From, Status, StartTime, EndTime, the latter two with `<` and `>` too. A call that has
 * not been dialled has no start time, so that no filter by start time lets it through.
 * @throws TwilioApiError 20001 that names the parameter
 */
export function readCallFilter(query: URLSearchParams): Test {
  const tests = [
    equals(query, 'To', ({ to }) => to),
    equals(query, 'From', ({ from }) => from),
    equals(query, 'Status', ({ status }) => status),
    // No call here has another one as its parent.
    equals(query, 'ParentCallSid', () => ''),
    ...timeTests(query, 'StartTime', ({ startedAt }) => startedAt),
    ...timeTests(query, 'EndTime', ({ endedAt }) => endedAt),
  ];
  const status = query.get('Status');
  if (status !== null && !CALL_STATUSES.some((known) => known === status)) {
    throw twilioErrors.invalidParameter('Status', `use ${CALL_STATUSES.join(', ')}`);
  }
  return (call) => tests.every((test) => test(call));
}

function equals(query: URLSearchParams, name: string, read: (call: Call) => string): Test {
  const wanted = query.get(name);
  return (call) => wanted === null || read(call) === wanted;
}

/** Source: https://www.twilio.com/docs/voice/api/call-resource#read-multiple-call-resources */
function timeTests(query: URLSearchParams, name: string, read: (call: Call) => Date | null): Test[] {
  const on = readMoment(query, name);
  const before = readMoment(query, `${name}<`);
  const after = readMoment(query, `${name}>`);
  return [
    (call) => on === undefined || dayOf(read(call)) === dayOf(on),
    (call) => before === undefined || (read(call)?.getTime() ?? Infinity) < before.getTime(),
    (call) => after === undefined || (read(call)?.getTime() ?? -Infinity) >= after.getTime(),
  ];
}

function dayOf(date: Date | null): string | undefined {
  return date?.toISOString().slice(0, DAY_LENGTH);
}

function readMoment(query: URLSearchParams, name: string): Date | undefined {
  const text = query.get(name);
  if (text === null) {
    return undefined;
  }
  const moment = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(moment.getTime())) {
    throw twilioErrors.invalidParameter(name, 'use YYYY-MM-DD or ISO 8601');
  }
  return moment;
}
