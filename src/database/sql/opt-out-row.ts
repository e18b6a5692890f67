import { type Category } from '../../domain/category';
import { type ReachChannel } from '../../domain/channel';
import { type OptOutSource, type OptOutStatement } from '../opt-out-store';
import { withoutNulls } from '../rows';

/** A statement of the ledger as the statements select it. */
export interface OptOutRow {
  readonly address: string;
  readonly sender: string | null;
  readonly channel: ReachChannel | null;
  readonly category: Category | null;
  readonly optedOut: boolean;
  readonly source: OptOutSource;
  readonly evidence: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly at: string;
}

/** Columns of `OptOutRow`, for a select that calls the history or the state `entry`. */
export const OPT_OUT_COLUMNS = `
    entry.address as "address", entry.sender as "sender", entry.channel as "channel", entry.category as "category",
    entry.opted_out as "optedOut", entry.source as "source", entry.evidence as "evidence", entry.actor as "actor",
    entry.reason as "reason", entry.at as "at"`;

/** A statement as the domain sees it. */
export function statementOf({ sender, channel, category, ...row }: OptOutRow): OptOutStatement {
  return { ...withoutNulls(row), scope: withoutNulls({ sender, channel, category }) };
}
