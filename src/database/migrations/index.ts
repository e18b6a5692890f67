import { messages } from './0001-messages';
import { conversations } from './0002-conversations';
import { deliveryEvents } from './0003-delivery-events';
import { optOuts } from './0004-opt-outs';
import { tasks } from './0005-tasks';
import { type Migration } from './migration';

/** Every migration, in the order in which they run. A new one goes to the end. */
export const MIGRATIONS: readonly Migration[] = [messages, conversations, deliveryEvents, optOuts, tasks];
