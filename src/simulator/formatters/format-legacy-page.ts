import { type Page, type PageQuery } from '../state/read-page';
import { pageUrls } from './page-url';

/**
 * A list answer of the API version 2010-04-01: the entries under their key, and beside them paths of the neighbours.
 * @param path the list's path, without query
 * @param query the query of the request, carried along into the neighbours' paths
 */
export function formatLegacyPage<Item>(
  key: string,
  path: string,
  query: URLSearchParams,
  { pageSize, page }: PageQuery,
  { items, previousStart, nextStart }: Page<Item>,
  format: (item: Item) => unknown,
): Record<string, unknown> {
  const pageUri = pageUrls(path, query, { pageSize });
  const first = page * pageSize;
  return {
    [key]: items.map(format),
    page,
    page_size: pageSize,
    start: first,
    end: first + Math.max(0, items.length - 1),
    uri: query.size === 0 ? path : `${path}?${query.toString()}`,
    first_page_uri: pageUri(0, null),
    previous_page_uri: previousStart === null ? null : pageUri(Math.max(0, page - 1), previousStart),
    next_page_uri: nextStart === null ? null : pageUri(page + 1, nextStart),
  };
}
