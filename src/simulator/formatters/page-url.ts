import { type PageQuery } from '../state/read-page';

/** Makes URLs (or paths) of the pages of a list: its query is carried along, and `start` becomes the page token. */
export function pageUrls(list: string, query: URLSearchParams, { pageSize }: Pick<PageQuery, 'pageSize'>) {
  return function pageUrl(page: number, start: number | null): string {
    const parameters = new URLSearchParams(query);
    parameters.set('PageSize', String(pageSize));
    parameters.set('Page', String(page));
    parameters.delete('PageToken');
    if (start !== null) {
      parameters.set('PageToken', `PT${start}`);
    }
    return `${list}?${parameters.toString()}`;
  };
}
