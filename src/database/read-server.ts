import { type Knex } from 'knex';
import { queryOne } from './rows';
import { withDatabaseErrors } from './with-database-errors';

/** Settings of the server, as they hold for posthorn's database and role. */
interface ServerSettings {
  readonly fsync: string;
  readonly synchronous_commit: string;
  readonly full_page_writes: string;
  readonly default_transaction_isolation: string;
  readonly server_encoding: string;
}

export interface ServerSnapshot {
  /** Such as `18.0`. */
  readonly version: string;
  readonly isReadOnly: boolean;
  readonly settings: ServerSettings;
  /** Connections that posthorn's role may have to its database, whoever else is connected. */
  readonly connectionLimit: number;
}

/** A limit of -1 is none. */
const READ_SERVER = `
select current_setting('server_version') as version,
       pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as "isReadOnly",
       json_build_object(
         'fsync', current_setting('fsync'),
         'synchronous_commit', current_setting('synchronous_commit'),
         'full_page_writes', current_setting('full_page_writes'),
         'default_transaction_isolation', current_setting('default_transaction_isolation'),
         'server_encoding', current_setting('server_encoding')
       ) as settings,
       least(
         current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer,
         (select nullif(datconnlimit, -1) from pg_database where datname = current_database()),
         (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user)
       ) as "connectionLimit"`;

/** Asks the server what it is and how it is set. */
export function readServer(knex: Knex): Promise<ServerSnapshot> {
  return withDatabaseErrors(() => queryOne<ServerSnapshot>(knex, READ_SERVER, {}));
}
