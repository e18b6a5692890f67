import { type AttemptResult } from '../../src/domain/attempt-result';
import { deadCauseOf, deadRemedy, whyNotDead } from '../../src/domain/dead-letter';
import { classifyError } from '../../src/domain/error-catalogue';
import { ERROR_TABLE } from '../../src/domain/error-table';
import { OUTCOME_KINDS } from '../../src/domain/outcome';

const outcome = { channel: 'sms', attempt: 1, reason: 'because', at: '2026-01-01T00:00:00.000Z' } as const;

function refusedWith(errorCode: number): AttemptResult {
  const { errorClass, meaning } = classifyError(errorCode);
  return { kind: 'refused', errorCode, errorClass, reason: meaning };
}

test('configuration and limits are ours, and so is a provider in trouble; recipients, texts and opt-outs are not', () => {
  const causes = Object.keys(ERROR_TABLE).map((code) => {
    const { errorClass } = classifyError(Number(code));
    return [errorClass, deadCauseOf(refusedWith(Number(code)), true)] as const;
  });
  const of = (wanted: string) =>
    new Set(causes.filter(([errorClass]) => errorClass === wanted).map(([, cause]) => cause));
  expect(of('config')).toEqual(new Set(['configuration']));
  expect(of('limit')).toEqual(new Set(['outage']));
  ['recipient', 'message', 'opt_out'].forEach((errorClass) => expect(of(errorClass)).toEqual(new Set([undefined])));
});

test.each([
  [30003, undefined],
  [30008, undefined],
  [30035, 'configuration'],
  [63012, 'outage'],
])('error %s: %s', (errorCode, cause) => expect(deadCauseOf(refusedWith(errorCode), true)).toBe(cause));

test.each<[string, AttemptResult, boolean, string | undefined]>([
  ['a send without an answer', { kind: 'refused', errorClass: 'retry', reason: 'away' }, false, 'outage'],
  ['a receipt without a code', { kind: 'refused', errorClass: 'unknown', reason: 'no code' }, true, undefined],
  ['nobody knows', { kind: 'ambiguous', reason: 'no answer' }, false, 'outage'],
  ['Twilio itself does not know', { kind: 'ambiguous', reason: 'error 30410' }, true, undefined],
  ['silence', { kind: 'timed_out' }, true, undefined],
])('%s', (_, result, isAtTwilio, cause) => expect(deadCauseOf(result, isAtTwilio)).toBe(cause));

test('every dead outcome has a remedy, and what is not dead has none', () => {
  expect(deadRemedy({ ...outcome, kind: 'failed' })).toBeUndefined();
  expect(deadRemedy({ ...outcome, kind: 'failed', dead: 'outage', errorCode: 30001 })).toContain('Send more slowly');
  expect(deadRemedy({ ...outcome, kind: 'failed', dead: 'configuration' })).toBe('Mend what the reason names.');
  expect(deadRemedy({ ...outcome, kind: 'failed', dead: 'outage' })).toContain('Postgres');
  expect(deadRemedy({ ...outcome, kind: 'ambiguous', dead: 'outage' })).toContain('looks there for the message');
});

test.each(OUTCOME_KINDS)('%s: why there is nothing to repair', (kind) => {
  expect(whyNotDead({ ...outcome, kind })).toMatch(new RegExp(`^The message ended as ${kind}: because\\. .+\\.$`));
});
