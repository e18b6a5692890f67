import { type Knex } from 'knex';
import { Gauge, type Registry } from 'prom-client';

/** The pool as knex keeps it. Source: https://github.com/vincit/tarn.js#usage */
interface Pool {
  numUsed(): number;
  numFree(): number;
  numPendingAcquires(): number;
}

/** Registers the state of a pool of database connections, read at each scrape. */
export function measurePool(registry: Registry, knex: Knex): void {
  const { pool } = knex.client as { readonly pool: Pool };
  new Gauge({
    name: 'posthorn_database_connections',
    help: 'Connections to Postgres that are used and free, and callers that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'used' }, pool.numUsed());
      this.set({ state: 'free' }, pool.numFree());
      this.set({ state: 'waited_for' }, pool.numPendingAcquires());
    },
  });
}
