/** Which part of a list to read. */
export interface PageQuery {
  readonly pageSize: number;
  readonly order: 'asc' | 'desc';
  /** Number of the page, only carried along. */
  readonly page: number;
  /** Place in the list to begin at; the end that the order begins with when it is absent. */
  readonly start?: number;
}

/** One page, with the places at which its neighbours begin. */
export interface Page<Item> {
  readonly items: Item[];
  readonly previousStart: number | null;
  readonly nextStart: number | null;
}

/**
 * Reads one page. Places are stable while the list only grows or gets holes, so nobody sees an entry twice
 * or misses one because something was added meanwhile.
 * @param visible entries that it refuses are skipped, like holes
 */
export function readPage<Item>(
  list: readonly (Item | undefined)[],
  { pageSize, order, start }: PageQuery,
  visible: (item: Item) => boolean = () => true,
): Page<Item> {
  const step = order === 'asc' ? 1 : -1;
  const from = start ?? (order === 'asc' ? 0 : list.length - 1);
  const forward = collect(list, from, step, pageSize, visible);
  const backward = collect(list, from - step, -step, pageSize, visible);
  return {
    items: forward.items,
    nextStart: findVisible(list, forward.end, step, visible),
    previousStart: backward.last,
  };
}

interface Collected<Item> {
  readonly items: Item[];
  /** The place after the last one looked at. */
  readonly end: number;
  /** The place of the last entry taken. */
  readonly last: number | null;
}

function collect<Item>(
  list: readonly (Item | undefined)[],
  from: number,
  step: number,
  count: number,
  visible: (item: Item) => boolean,
): Collected<Item> {
  const items: Item[] = [];
  let last: number | null = null;
  let place = from;
  for (; place >= 0 && place < list.length && items.length < count; place += step) {
    const item = list[place];
    if (item !== undefined && visible(item)) {
      items.push(item);
      last = place;
    }
  }
  return { items, end: place, last };
}

function findVisible<Item>(
  list: readonly (Item | undefined)[],
  from: number,
  step: number,
  visible: (item: Item) => boolean,
): number | null {
  return collect(list, from, step, 1, visible).last;
}
