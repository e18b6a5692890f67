import { type Migration } from './migration';

/** The list of states, newest first. */
export const optOutsByTime: Migration = {
  name: '0014_opt_outs_by_time',
  up: 'create index opt_outs_by_time on opt_outs (at, opt_out_id);',
  down: 'drop index opt_outs_by_time;',
};
