import { type ReportScope } from '../database/report-store';
import { type ReportDimension } from '../domain/report-dimension';
import { type ReportWindow } from './report-window';

/**
 * What the store is asked for a window.
 * @param tenant undefined for all tenants.
 */
export function reportScope(
  { since, until }: ReportWindow,
  groupBy: readonly ReportDimension[],
  tenant: string | undefined,
): ReportScope {
  return {
    since: since.toJSDate().toISOString(),
    until: until.toJSDate().toISOString(),
    timeZone: since.zoneName,
    groupBy,
    ...(tenant === undefined ? {} : { tenant }),
  };
}
