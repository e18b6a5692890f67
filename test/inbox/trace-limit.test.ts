import fc from 'fast-check';
import { type WebhookTrace } from '../../src/domain/webhook-trace';
import { createTraceLimit } from '../../src/inbox/trace-limit';

const REFUSED: WebhookTrace = {
  receivedAt: '2026-01-31T08:05:01.000Z',
  endpoint: 'conversations',
  verdict: 'refused_signature',
  effect: 'nothing',
  reason: 'mismatch',
  count: 1,
  durationMs: 0.4,
};
const at = (receivedAt: string, overrides: Partial<WebhookTrace> = {}): WebhookTrace => ({
  ...REFUSED,
  ...overrides,
  receivedAt,
});

test('what changed something is never counted only', () => {
  const limit = createTraceLimit(1);
  const stored = at('2026-01-31T08:05:01.000Z', { verdict: 'accepted', effect: 'receipt_stored' });
  expect([1, 2, 3].flatMap(() => limit.admit(stored))).toEqual([stored, stored, stored]);
  expect(limit.takeCounted()).toEqual([]);
});

test('of the rest there are some each minute, and the others are one row that says nothing else of them', () => {
  const limit = createTraceLimit(2);
  const seconds = ['01', '02', '03', '04', '59'].map((second) => at(`2026-01-31T08:05:${second}.000Z`));
  expect(seconds.flatMap((trace) => limit.admit(trace))).toEqual(seconds.slice(0, 2));
  const next = at('2026-01-31T08:06:00.000Z');
  const { receivedAt, endpoint, verdict, effect } = at('2026-01-31T08:05:03.000Z');
  expect(limit.admit(next)).toEqual([{ receivedAt, endpoint, verdict, effect, count: 3 }, next]);
  expect(limit.takeCounted()).toEqual([]);
});

test('a verdict does not crowd out another, nor an endpoint', () => {
  const limit = createTraceLimit(1);
  const kinds = [REFUSED, { ...REFUSED, verdict: 'repeated' as const }, { ...REFUSED, endpoint: 'messaging' as const }];
  expect([...kinds, ...kinds].flatMap((trace) => limit.admit(trace))).toEqual(kinds);
  expect(limit.takeCounted()).toHaveLength(3);
});

test('taking the count early does not open the minute again', () => {
  const limit = createTraceLimit(1);
  limit.admit(REFUSED);
  limit.admit(REFUSED);
  expect(limit.takeCounted()).toMatchObject([{ count: 1 }]);
  expect(limit.admit(REFUSED)).toEqual([]);
  expect(limit.takeCounted()).toMatchObject([{ count: 1 }]);
});

test('whatever comes, every webhook is in exactly one row, and the rows of a minute are few', () => {
  const traces = fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 3 }),
      verdict: fc.constantFrom('repeated' as const, 'ignored' as const),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(traces, fc.integer({ min: 1, max: 5 }), (plan, most) => {
      const limit = createTraceLimit(most);
      const inOrder = plan.toSorted((a, b) => a.minute - b.minute);
      const written = inOrder.flatMap(({ minute, verdict }) =>
        limit.admit(at(`2026-01-31T08:0${minute}:00.000Z`, { verdict })),
      );
      const rows = [...written, ...limit.takeCounted()];
      expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(plan.length);
      // Those that were let through, and the one that counts, for each of two verdicts and four minutes.
      expect(rows.length).toBeLessThanOrEqual(2 * 4 * (most + 1));
    }),
  );
});
