import { type Readable } from 'node:stream';
import { type Knex } from 'knex';
import { Client, type ClientConfig } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { GUARDED_FIRST } from '../../opt-outs/formula-guard';

/** An export goes as fast as its reader takes it, but a reader that has fallen asleep must not hold its snapshot for ever. */
const LONGEST_EXPORT_MS = 30 * 60_000;

/** A text that a person may have written, see `GUARDED_FIRST`. An empty one is none: CSV cannot tell them apart. */
function guarded(column: string): string {
  const pattern = `^[${GUARDED_FIRST.replaceAll("'", "''")}]`;
  return `case when ${column} ~ '${pattern}' then '''' || ${column} else nullif(${column}, '') end as ${column}`;
}

/** The names are those that an import knows. */
const COLUMNS = `address, sender, channel, category, case when opted_out then 'true' else 'false' end as "optedOut",
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, ${guarded('reason')}, source,
  ${guarded('evidence')}, ${guarded('actor')}`;

/** By content and not by number, and by bytes: the same statements give the same file in every database. */
const ORDER = ['address', 'at', 'sender', 'channel', 'category', 'opted_out', 'source', 'evidence']
  .map((column) =>
    ['at', 'opted_out'].includes(column) ? `entry.${column}` : `entry.${column} collate "C" nulls first`,
  )
  .join(', ');

/**
 * `OptOutStore.export`: one COPY, so one snapshot. On a connection of its own, without the limits that are meant for statements of
 * milliseconds. It ends with the stream: a reader that goes away in the middle leaves it in no state to be used again.
 */
export async function openOptOutExport(knex: Knex, ofHistory: boolean): Promise<Readable> {
  const { connectionSettings } = knex.client as { readonly connectionSettings: ClientConfig };
  const client = new Client({ ...connectionSettings, query_timeout: 0, statement_timeout: LONGEST_EXPORT_MS });
  // The stream tells of it.
  client.on('error', () => undefined);
  await client.connect();
  const table = ofHistory ? 'opt_out_history' : 'opt_outs';
  const stream = client.query(
    copyTo(`copy (select ${COLUMNS} from ${table} as entry order by ${ORDER}) to stdout (format csv, header)`),
  );
  // The driver tells of an error and leaves the stream open, and tells of the end of a connection that is no longer read.
  stream.on('error', () => stream.destroy());
  stream.once('close', () => void client.end());
  return stream;
}
