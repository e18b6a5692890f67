import { messages } from './0001-messages';
import { conversations } from './0002-conversations';
import { deliveryEvents } from './0003-delivery-events';
import { optOuts } from './0004-opt-outs';
import { tasks } from './0005-tasks';
import { openCreates } from './0006-open-creates';
import { sweep } from './0007-sweep';
import { webhooks } from './0008-webhooks';
import { outcomeCorrections } from './0009-outcome-corrections';
import { callbacks } from './0010-callbacks';
import { fanOut } from './0011-fan-out';
import { redrives } from './0012-redrives';
import { lateReads } from './0013-late-reads';
import { optOutsByTime } from './0014-opt-outs-by-time';
import { suppressions } from './0015-suppressions';
import { failureReport } from './0016-failure-report';
import { traceIndexes } from './0017-trace-indexes';
import { tasksForPeople } from './0018-tasks-for-people';
import { calls } from './0019-calls';
import { lastInbound } from './0020-last-inbound';
import { type Migration } from './migration';

/** Every migration, in the order in which they run. A new one goes to the end. */
export const MIGRATIONS: readonly Migration[] = [
  messages,
  conversations,
  deliveryEvents,
  optOuts,
  tasks,
  openCreates,
  sweep,
  webhooks,
  outcomeCorrections,
  callbacks,
  fanOut,
  redrives,
  lateReads,
  optOutsByTime,
  suppressions,
  failureReport,
  traceIndexes,
  tasksForPeople,
  calls,
  lastInbound,
];
