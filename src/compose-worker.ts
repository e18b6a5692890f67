import { type Knex } from 'knex';
import { type ActivityDependencies } from '../activities';
import { LOOK_UP_DELAYS_MS } from '../activities/look-for-message';
import { type WorkerConfig } from './config/worker-config';
import { createInboxStore } from './database/inbox-store';
import { createMessageStore } from './database/message-store';
import { createOptOutStore } from './database/opt-out-store';
import { createTaskStore } from './database/task-store';
import { createOptOutMarker } from './inbox/opt-out-marker';
import { DEFAULT_REQUEST_TIMEOUT_MS } from './twilio/request-client';
import { createTwilioGateway } from './twilio/twilio-gateway';

/** What the activities of one worker process need, over one pool of database connections. */
export function composeActivities(
  config: Pick<WorkerConfig, 'optOutCodes' | 'senders' | 'twilio'>,
  knex: Knex,
): ActivityDependencies {
  const { optOutCodes, senders, twilio } = config;
  return {
    gateway: createTwilioGateway(twilio),
    messages: createMessageStore(knex),
    inbox: createInboxStore(knex),
    tasks: createTaskStore(knex),
    markOptOut: createOptOutMarker({ optOuts: createOptOutStore(knex), optOutCodes }),
    optOutCodes,
    senders,
    lookUpDelaysMs: LOOK_UP_DELAYS_MS,
    requestTimeoutMs: DEFAULT_REQUEST_TIMEOUT_MS,
  };
}
