import { type Knex } from 'knex';
import { type ActivityDependencies } from '../activities';
import { LOOK_UP_DELAYS_MS } from '../activities/look-for-message';
import { POLL_PACE } from '../activities/poll-quiet-attempts';
import { composeLedger } from './compose-ledger';
import { createAnnouncer } from './callbacks/announce-callbacks';
import { createCallbackSender } from './callbacks/callback-sender';
import { CALLBACK_RETRY_DELAYS_MS } from './callbacks/retry-delays';
import { composeCalls } from './compose-calls';
import { composeOnCall } from './compose-on-call';
import { type WorkerConfig } from './config/worker-config';
import { createCallbackStore } from './database/callback-store';
import { createConversationStore } from './database/conversation-store';
import { createDeadLetterStore } from './database/dead-letter-store';
import { createFanOutStore } from './database/fan-out-store';
import { createInboxStore } from './database/inbox-store';
import { createMessageStore } from './database/message-store';
import { createOutcomeCorrector } from './database/outcome-corrector';
import { createSweepStore } from './database/sweep-store';
import { createTaskStore } from './database/task-store';
import { createRecordCallOptOut } from './inbox/call-opt-outs';
import { createRecordWord } from './inbox/record-word';
import { createIdentifierLog } from './telemetry/identifiers/identifier-log';
import { loggingAnnounced, loggingCallbacks } from './telemetry/identifiers/logging-callbacks';
import { loggingGateway } from './telemetry/identifiers/logging-gateway';
import { loggingMade } from './telemetry/identifiers/logging-made';
import { loggingFanOut, loggingMessages, loggingReceipts } from './telemetry/identifiers/logging-stores';
import { type Logger } from './telemetry/logger';
import { countingCorrections, countingReceipts } from './telemetry/metrics/counting-stores';
import { observingRequests, type WorkerMetrics } from './telemetry/metrics/worker-metrics';
import { type CallbackClient } from './temporal/callback-client';
import { currentMessageId } from './temporal/current-message';
import { type MessageClient } from './temporal/message-client';
import { DEFAULT_REQUEST_TIMEOUT_MS } from './twilio/request-client';
import { createTwilioGateway } from './twilio/twilio-gateway';

/** What the activities of one worker process need, over one pool of database connections and one Temporal client. */
export function composeActivities(
  config: Pick<
    WorkerConfig,
    | 'callbacks'
    | 'optOutCodes'
    | 'publicBaseUrl'
    | 'quietHours'
    | 'receiptQuietAfterMs'
    | 'senders'
    | 'suppressionCodes'
    | 'twilio'
    | 'voice'
  >,
  knex: Knex,
  client: Pick<MessageClient, 'acknowledge' | 'start' | 'tellOfLedger'> & CallbackClient,
  logger: Logger,
  metrics: WorkerMetrics,
): ActivityDependencies {
  const { callbacks, optOutCodes, quietHours, receiptQuietAfterMs, senders, twilio } = config;
  const log = createIdentifierLog(logger);
  const gatewayLogging = { log, currentMessageId };
  const announce = loggingAnnounced(createAnnouncer({ client, logger }), log);
  const { markAddress, optOuts } = composeLedger(config, { knex, client, logger });
  const messages = loggingMessages(createMessageStore(knex, announce), log);
  const conversations = createConversationStore(knex);
  return {
    ...composeCalls(config, { knex, announce, observe: observingRequests(metrics), ...gatewayLogging }),
    recordCallOptOut: createRecordCallOptOut({ optOuts }),
    ...composeOnCall({ knex, messages, client, logger }),
    client,
    sweep: createSweepStore(knex),
    deadLetters: createDeadLetterStore(knex),
    receiptQuietAfterMs,
    pollPace: POLL_PACE,
    recordWord: createRecordWord({ optOuts, conversations }),
    conversations,
    gateway: loggingGateway(
      createTwilioGateway({ ...twilio, observe: observingRequests(metrics), onMade: loggingMade(gatewayLogging) }),
      gatewayLogging,
    ),
    messages,
    fanOut: loggingFanOut(createFanOutStore(knex), log),
    inbox: loggingReceipts(countingReceipts(createInboxStore(knex), { metrics, optOutCodes, logger }), log),
    correctOutcome: countingCorrections(createOutcomeCorrector(knex, optOutCodes, announce), metrics),
    tasks: createTaskStore(knex, announce),
    markAddress,
    optOuts,
    optOutCodes,
    senders,
    lookUpDelaysMs: LOOK_UP_DELAYS_MS,
    requestTimeoutMs: DEFAULT_REQUEST_TIMEOUT_MS,
    quietHours,
    now: Date.now,
    callbacks: loggingCallbacks(createCallbackStore(knex), log),
    sendCallback: createCallbackSender({ allowPrivate: callbacks.allowPrivate }),
    callbackSecrets: callbacks.secrets,
    callbackRetryDelaysMs: CALLBACK_RETRY_DELAYS_MS,
  };
}
