import { type Page, type PageQuery } from '../state/read-page';
import { pageUrls } from './page-url';

/**
 * A list answer as the API gives it: the entries under their key, and `meta` with the URLs of the neighbours.
 * @param url the list's URL, without query
 * @param query the query of the request, carried along into the neighbours' URLs
 */
export function formatPage<Item>(
  key: string,
  url: string,
  query: URLSearchParams,
  { pageSize, page }: PageQuery,
  { items, previousStart, nextStart }: Page<Item>,
  format: (item: Item) => unknown,
): Record<string, unknown> {
  const pageUrl = pageUrls(url, query, { pageSize });
  return {
    [key]: items.map(format),
    meta: {
      page,
      page_size: pageSize,
      first_page_url: pageUrl(0, null),
      previous_page_url: previousStart === null ? null : pageUrl(Math.max(0, page - 1), previousStart),
      url: query.size === 0 ? pageUrl(page, null) : `${url}?${query.toString()}`,
      next_page_url: nextStart === null ? null : pageUrl(page + 1, nextStart),
      key,
    },
  };
}
