import { type Knex } from 'knex';

/** Small enough for every statement to be quick, large enough for few round trips. */
const PAGE_SIZE = 5_000;

/** A statement whose rows are read in their order, a page at a time. */
export interface PagedStatement<Row> {
  /** Rows behind a place, with its named bindings, and `:limit`. Nulls are left out of the rows. */
  readonly sql: string;
  /** The place before the first row. */
  readonly from: Readonly<Record<string, string | number>>;
  readonly placeOf: (row: Row) => PagedStatement<Row>['from'];
}

/** Reads all rows, page by page. @param onPage is told how many there are by now. */
export async function readPages<Row>(
  knex: Knex,
  { from, placeOf, sql }: PagedStatement<Row>,
  onPage: (count: number) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  const statement = `select jsonb_strip_nulls(to_jsonb(page)) as row from (${sql}) as page`;
  let place = from;
  for (;;) {
    const { rows: page } = await knex.raw<{ readonly rows: readonly { readonly row: Row }[] }>(statement, {
      ...place,
      limit: PAGE_SIZE,
    });
    page.forEach(({ row }) => rows.push(row));
    onPage(rows.length);
    const last = page.at(-1)?.row;
    if (last === undefined || page.length < PAGE_SIZE) {
      return rows;
    }
    place = placeOf(last);
  }
}
