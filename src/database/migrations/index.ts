import { messages } from './0001-messages';
import { conversations } from './0002-conversations';
import { deliveryEvents } from './0003-delivery-events';
import { optOuts } from './0004-opt-outs';
import { tasks } from './0005-tasks';
import { openCreates } from './0006-open-creates';
import { sweep } from './0007-sweep';
import { webhooks } from './0008-webhooks';
import { outcomeCorrections } from './0009-outcome-corrections';
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
];
