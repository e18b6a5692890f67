import { type Knex } from 'knex';
import { type MessageChannel } from '../domain/channel';
import { query } from './rows';
import { listSuppressions } from './sql/list-suppressions';
import { SUPPRESSION_COLUMNS, type SuppressionRow, suppressionOf } from './sql/suppression-row';
import { guardStore } from './with-database-errors';

/** Twilio said that an address cannot be reached on a channel. */
export interface Suppression {
  /** E.164. */
  readonly address: string;
  readonly channel: MessageChannel;
  readonly errorCode: number;
  /** Which message showed it: its SID, or the attempt that never got one. */
  readonly evidence: string;
  /** When it was said, and until when it is believed, ISO 8601. */
  readonly since: string;
  readonly until: string;
}

/** A suppression as it is kept. In force while it is neither lifted nor past its `until`. */
export interface SuppressionRecord extends Suppression {
  readonly lifted?: { readonly at: string; readonly by: string; readonly reason: string };
}

export interface SuppressionLift {
  readonly address: string;
  /** Without it on every channel. */
  readonly channel?: MessageChannel;
  /** ISO 8601: only what was said by then. */
  readonly saidBy?: string;
  /** Who lifts it: a tenant, an operator, or `delivery`. */
  readonly by: string;
  readonly reason: string;
}

export interface SuppressionFilter {
  readonly channel?: MessageChannel;
  readonly errorCode?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface SuppressionPage {
  readonly suppressions: readonly Suppression[];
  readonly nextCursor?: string;
}

/** Addresses that cannot be reached for now. No wish of theirs: those are in the ledger of opt-outs. The account's, as the ledger is. */
export interface SuppressionStore {
  /**
   * Puts an address on the list, or keeps it there for longer. What was said before the last lift changes nothing, so the same
   * word again does not either.
   */
  suppress(suppression: Suppression): Promise<void>;
  /** @returns how many channels are open again. */
  lift(lift: SuppressionLift): Promise<number>;
  /** All of an address, the newest first, lifted and past ones included. */
  show(address: string): Promise<SuppressionRecord[]>;
  /**
   * Those in force, the newest first.
   * @throws InvalidCursorError
   */
  list(filter: SuppressionFilter): Promise<SuppressionPage>;
}

/** The suppressions in this database. */
export function createSuppressionStore(knex: Knex): SuppressionStore {
  return guardStore<SuppressionStore>({
    async suppress(suppression) {
      await query(knex, SUPPRESS, { ...suppression });
    },
    async lift({ address, by, channel, reason, saidBy }) {
      const bindings = { address, channel: channel ?? null, by, reason, saidBy: saidBy ?? null };
      const lifted = await query(knex, LIFT, bindings);
      return lifted.length;
    },
    async show(address) {
      return (await query<SuppressionRow>(knex, SHOW, { address })).map(suppressionOf);
    },
    list: (filter) => listSuppressions(knex, filter),
  });
}

const SUPPRESS = `
  insert into suppressions (address, channel, error_code, evidence, since, until)
  select :address, :channel, cast(:errorCode as integer), :evidence, cast(:since as timestamptz), cast(:until as timestamptz)
  where not exists (
    select from suppressions as lifted
    where lifted.address = :address and lifted.channel = :channel and lifted.lifted_at >= cast(:since as timestamptz)
  )
  on conflict (address, channel) where lifted_at is null do update set
    error_code = excluded.error_code, evidence = excluded.evidence, until = excluded.until,
    since = case when suppressions.until <= excluded.since then excluded.since else suppressions.since end
  where excluded.until > suppressions.until`;

const LIFT = `
  update suppressions set lifted_at = now(), lifted_by = :by, lift_reason = :reason
  where suppressions.address = :address and suppressions.lifted_at is null
    and (cast(:channel as text) is null or suppressions.channel = :channel)
    and (cast(:saidBy as timestamptz) is null or suppressions.since <= cast(:saidBy as timestamptz))
  returning suppressions.suppression_id`;

/** Each of the two parts has an index. */
const SHOW = `
  select ${SUPPRESSION_COLUMNS}
  from (
    select * from suppressions where address = :address and lifted_at is null
    union all
    select * from suppressions where address = :address and lifted_at is not null
  ) suppressions
  order by suppressions.since desc, suppressions.suppression_id desc`;
