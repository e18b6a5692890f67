import { type MessageChannel } from '../../domain/channel';
import { type SuppressionRecord } from '../suppression-store';

export interface SuppressionRow {
  readonly address: string;
  readonly channel: MessageChannel;
  readonly errorCode: number;
  readonly evidence: string;
  readonly since: string;
  readonly until: string;
  readonly liftedAt: string | null;
  readonly liftedBy: string | null;
  readonly liftReason: string | null;
}

/** Columns of `SuppressionRow`. */
export const SUPPRESSION_COLUMNS = `
    suppressions.address as "address", suppressions.channel as "channel", suppressions.error_code as "errorCode",
    suppressions.evidence as "evidence", suppressions.since as "since", suppressions.until as "until",
    suppressions.lifted_at as "liftedAt", suppressions.lifted_by as "liftedBy", suppressions.lift_reason as "liftReason"`;

/** A suppression as the domain sees it. */
export function suppressionOf({ liftedAt, liftedBy, liftReason, ...row }: SuppressionRow): SuppressionRecord {
  return liftedAt === null || liftedBy === null || liftReason === null
    ? pick(row)
    : { ...pick(row), lifted: { at: liftedAt, by: liftedBy, reason: liftReason } };
}

function pick({
  address,
  channel,
  errorCode,
  evidence,
  since,
  until,
}: Omit<SuppressionRow, 'liftedAt' | 'liftedBy' | 'liftReason'>) {
  return { address, channel, errorCode, evidence, since, until };
}
