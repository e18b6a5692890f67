import fc from 'fast-check';
import { type PageQuery, readPage } from '../../src/simulator/state/read-page';

/** A list with holes and invisible entries: numbers are visible when they are not negative. */
const lists = fc.array(fc.option(fc.integer({ min: -50, max: 50 }), { nil: undefined }), { maxLength: 40 });
const orders = fc.constantFrom('asc', 'desc');
const pageSizes = fc.integer({ min: 1, max: 7 });
const isVisible = (item: number): boolean => item >= 0;

function visibleOf(list: readonly (number | undefined)[]): number[] {
  return list.filter((item) => item !== undefined).filter(isVisible);
}

test('following the pages gives every visible entry once, in order', () => {
  fc.assert(
    fc.property(lists, orders, pageSizes, (list, order, pageSize) => {
      const seen: number[] = [];
      let query: PageQuery | null = { pageSize, order, page: 0 };
      while (query !== null) {
        const page: ReturnType<typeof readPage<number>> = readPage(list, query, isVisible);
        seen.push(...page.items);
        query = page.nextStart === null ? null : { ...query, start: page.nextStart };
      }
      const expected = visibleOf(list);
      expect(seen).toEqual(order === 'asc' ? expected : expected.reverse());
    }),
  );
});

test('the page before the next one is the page itself', () => {
  fc.assert(
    fc.property(lists, orders, pageSizes, (list, order, pageSize) => {
      const query: PageQuery = { pageSize, order, page: 0 };
      const first = readPage(list, query, isVisible);
      expect(first.previousStart).toBeNull();
      if (first.nextStart !== null) {
        const second = readPage(list, { ...query, start: first.nextStart }, isVisible);
        const back = readPage(list, { ...query, start: second.previousStart ?? -1 }, isVisible);
        expect(back.items).toEqual(first.items);
      }
    }),
  );
});
