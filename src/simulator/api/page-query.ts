import { twilioErrors } from '../errors/twilio-errors';
import { type PageQuery } from '../state/read-page';

const DEFAULT_PAGE_SIZE = 50;

/**
 * Reads PageSize, Page, PageToken and Order.
 * @param largestPageSize what the list allows
 * @throws TwilioApiError 20001 or 20007 that names the parameter
 */
export function readPageQuery(query: URLSearchParams, largestPageSize: 50 | 100 | 1000): PageQuery {
  const pageSize = readWhole(query, 'PageSize', 1) ?? DEFAULT_PAGE_SIZE;
  if (pageSize > largestPageSize) {
    throw twilioErrors.pageSizeTooLarge(largestPageSize);
  }
  const start = readStart(query.get('PageToken'));
  return {
    pageSize,
    page: readWhole(query, 'Page', 0) ?? 0,
    order: readOrder(query.get('Order')),
    ...(start === undefined ? {} : { start }),
  };
}

function readWhole(query: URLSearchParams, name: string, least: number): number | undefined {
  const text = query.get(name);
  if (text === null) {
    return undefined;
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least) {
    throw twilioErrors.invalidParameter(name, `use a whole number from ${least} on`);
  }
  return value;
}

function readStart(token: string | null): number | undefined {
  if (token === null) {
    return undefined;
  }
  const place = /^PT(\d{1,15})$/.exec(token)?.[1];
  if (place === undefined) {
    throw twilioErrors.invalidParameter('PageToken', 'take it from next_page_url or previous_page_url');
  }
  return Number(place);
}

function readOrder(order: string | null): 'asc' | 'desc' {
  if (order === null || order === 'asc') {
    return 'asc';
  }
  if (order !== 'desc') {
    throw twilioErrors.invalidParameter('Order', 'use asc or desc');
  }
  return 'desc';
}
