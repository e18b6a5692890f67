import { Gauge, type Registry } from 'prom-client';
import { type Backlog } from '../../database/sql/backlog';

/**
 * Registers what waits in the database, each gauge read for the scrape that is under way. While the database cannot be asked
 * they are not a number, so that no old figure passes for a new one.
 */
export function measureBacklog(registry: Registry, backlogNow: () => Promise<Backlog | undefined>): void {
  const registers = [registry];
  new Gauge({
    name: 'posthorn_relay_waiting_events',
    help: 'Receipts that no workflow has shown to have heard, 5000 at most; the same in every API process',
    registers,
    async collect() {
      this.set((await backlogNow())?.waitingEvents ?? NaN);
    },
  });
  new Gauge({
    name: 'posthorn_relay_oldest_event_age_seconds',
    help: 'Age of the oldest of them whose message is known; 0 when there is none',
    registers,
    async collect() {
      this.set((await backlogNow())?.oldestEventSeconds ?? NaN);
    },
  });
  new Gauge({
    name: 'posthorn_open_messages',
    help: 'Messages that have not ended, by status; counted up to 10000 altogether; the same in every API process',
    labelNames: ['status'],
    registers,
    async collect() {
      const open = (await backlogNow())?.openMessages ?? [];
      this.reset();
      open.forEach(({ status, count }) => this.set({ status }, count));
    },
  });
}
