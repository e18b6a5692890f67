import { type Suppression, type SuppressionRecord } from '../../database/suppression-store';
import { classifyError } from '../../domain/error-catalogue';

/** An address that cannot be reached on a channel, and what showed it. */
export interface SuppressionView extends Suppression {
  /** The error in words, without the code. */
  readonly meaning: string;
}

export interface SuppressionRecordView extends SuppressionView {
  /** Whether it holds messages back now. */
  readonly inForce: boolean;
  /** Null unless somebody lifted it, or a message arrived. */
  readonly lifted: SuppressionRecord['lifted'] | null;
}

export interface SuppressedAddressView {
  readonly address: string;
  /** Whether any channel is suppressed now. */
  readonly suppressed: boolean;
  /** The newest first. */
  readonly suppressions: readonly SuppressionRecordView[];
}

export function presentSuppression({
  address,
  channel,
  errorCode,
  evidence,
  since,
  until,
}: Suppression): SuppressionView {
  const { meaning } = classifyError(errorCode);
  return { address, channel, errorCode, meaning, evidence, since, until };
}

/** Shows all that is known of an address; `now` is in milliseconds since 1970. */
export function presentSuppressedAddress(
  address: string,
  records: readonly SuppressionRecord[],
  now: number,
): SuppressedAddressView {
  const suppressions = records.map((record) => ({
    ...presentSuppression(record),
    inForce: record.lifted === undefined && Date.parse(record.until) > now,
    lifted: record.lifted ?? null,
  }));
  return { address, suppressed: suppressions.some(({ inForce }) => inForce), suppressions };
}
