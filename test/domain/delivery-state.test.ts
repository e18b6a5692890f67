import fc from 'fast-check';
import {
  advance,
  decides,
  type DeliveryState,
  isReceiptStatus,
  NOTHING_HEARD,
  verdict,
} from '../../src/domain/delivery-state';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

type Event = Parameters<typeof advance>[1];
const event = (status: string, second: number, errorCode?: number): Event => ({
  status,
  at: at(second),
  ...(errorCode === undefined ? {} : { errorCode }),
});
const fold = (events: readonly Event[]): DeliveryState => events.reduce(advance, NOTHING_HEARD);

const anyEvent = fc
  .record({
    status: fc.constantFrom('sent', 'delivered', 'read', 'failed', 'undelivered', 'queued', ''),
    second: fc.integer({ min: 0, max: 5 }),
    errorCode: fc.option(fc.constantFrom(30003, 30007, 21610), { nil: undefined }),
  })
  .map(({ status, second, errorCode }) => event(status, second, errorCode));

/** The events with some of them repeated, in any order. */
const eventsAndRetelling = fc.array(anyEvent, { maxLength: 7 }).chain((events) =>
  fc
    .subarray(events)
    .chain((repeated) => fc.shuffledSubarray([...events, ...repeated], { minLength: events.length + repeated.length }))
    .map((retelling) => ({ events, retelling })),
);

describe('advance', () => {
  it('depends on the set of events, not on their order or number', () => {
    fc.assert(
      fc.property(eventsAndRetelling, ({ events, retelling }) => {
        expect(fold(retelling)).toEqual(fold(events));
      }),
      { numRuns: 500 },
    );
  });

  it('gives one state for every order of a whole life with a contradiction', () => {
    const life = [
      event('sent', 1),
      event('undelivered', 2, 30003),
      event('delivered', 3),
      event('failed', 4, 30008),
      event('read', 5),
    ];
    const expected = { status: 'read', statusAt: at(5), errorCode: 30003, errorAt: at(2) };
    for (const order of permutations(life)) {
      expect(fold([...order, ...order])).toEqual(expected);
    }
  });

  it.each([
    ['delivered', 'sent', 'delivered'],
    ['read', 'delivered', 'read'],
    ['delivered', 'failed', 'delivered'],
    ['failed', 'delivered', 'delivered'],
    ['undelivered', 'sent', 'undelivered'],
    ['undelivered', 'failed', 'failed'],
  ])('after %s and %s the status is %s', (first, second, status) => {
    expect(fold([event(first, 1), event(second, 2)]).status).toBe(status);
  });

  it('keeps the first error code when a later event lacks it or has another', () => {
    const state = fold([event('failed', 1, 30003), event('failed', 2), event('failed', 3, 30008)]);
    expect(state).toEqual({ status: 'failed', statusAt: at(1), errorCode: 30003, errorAt: at(1) });
  });

  it('takes an error code that comes later than its status', () => {
    expect(fold([event('undelivered', 1), event('undelivered', 2, 30005)])).toMatchObject({
      errorCode: 30005,
      statusAt: at(1),
    });
  });

  it('ignores words that it does not know', () => {
    expect(fold([event('queued', 1), event('constructor', 2)])).toEqual(NOTHING_HEARD);
  });

  it('keeps a status whose time is not known', () => {
    expect(advance({ status: 'delivered' }, event('sent', 1))).toEqual({ status: 'delivered' });
    expect(advance({ status: 'delivered' }, event('delivered', 1))).toEqual({ status: 'delivered', statusAt: at(1) });
  });

  it('keeps an error code whose time is not known unless an event has one', () => {
    expect(advance({ errorCode: 30003 }, event('sent', 1)).errorCode).toBe(30003);
    expect(advance({ errorCode: 30003 }, event('failed', 1, 30005)).errorCode).toBe(30005);
  });
});

describe('verdict', () => {
  it.each([
    [undefined, 'pending'],
    ['sent', 'pending'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
    ['failed', 'failed'],
    ['undelivered', 'failed'],
  ] as const)('of %s is %s', (status, expected) => {
    expect(verdict(status === undefined ? NOTHING_HEARD : { status })).toBe(expected);
  });
});

describe('decides', () => {
  it.each([
    ['sent', false],
    ['delivered', true],
    ['read', true],
    ['failed', true],
    ['undelivered', true],
    ['queued', false],
    ['toString', false],
  ])('%s: %s', (status, expected) => {
    expect(decides(status)).toBe(expected);
  });

  it('agrees with the verdict of the status alone', () => {
    fc.assert(
      fc.property(fc.constantFrom('sent', 'delivered', 'read', 'failed', 'undelivered', 'queued'), (status) => {
        const settles = isReceiptStatus(status) && verdict({ status }) !== 'pending';
        expect(decides(status)).toBe(settles);
      }),
    );
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
