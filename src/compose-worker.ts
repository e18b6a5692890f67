import { type Knex } from 'knex';
import { type ActivityDependencies } from '../activities';
import { LOOK_UP_DELAYS_MS } from '../activities/look-for-message';
import { POLL_PACE } from '../activities/poll-quiet-attempts';
import { type WorkerConfig } from './config/worker-config';
import { createConversationStore } from './database/conversation-store';
import { createInboxStore } from './database/inbox-store';
import { createMessageStore } from './database/message-store';
import { createOptOutStore } from './database/opt-out-store';
import { createOutcomeCorrector } from './database/outcome-corrector';
import { createSweepStore } from './database/sweep-store';
import { createTaskStore } from './database/task-store';
import { createAcceptInbound } from './inbox/accept-inbound';
import { createOptOutMarker } from './inbox/opt-out-marker';
import { type MessageClient } from './temporal/message-client';
import { DEFAULT_REQUEST_TIMEOUT_MS } from './twilio/request-client';
import { createTwilioGateway } from './twilio/twilio-gateway';

/** What the activities of one worker process need, over one pool of database connections and one Temporal client. */
export function composeActivities(
  config: Pick<WorkerConfig, 'optOutCodes' | 'receiptQuietAfterMs' | 'senders' | 'twilio'>,
  knex: Knex,
  client: Pick<MessageClient, 'start'>,
): ActivityDependencies {
  const { optOutCodes, receiptQuietAfterMs, senders, twilio } = config;
  const optOuts = createOptOutStore(knex);
  return {
    client,
    sweep: createSweepStore(knex),
    receiptQuietAfterMs,
    pollPace: POLL_PACE,
    acceptInbound: createAcceptInbound({ optOuts, conversations: createConversationStore(knex) }),
    gateway: createTwilioGateway(twilio),
    messages: createMessageStore(knex),
    inbox: createInboxStore(knex),
    correctOutcome: createOutcomeCorrector(knex, optOutCodes),
    tasks: createTaskStore(knex),
    markOptOut: createOptOutMarker({ optOuts, optOutCodes }),
    optOutCodes,
    senders,
    lookUpDelaysMs: LOOK_UP_DELAYS_MS,
    requestTimeoutMs: DEFAULT_REQUEST_TIMEOUT_MS,
  };
}
