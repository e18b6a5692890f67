import { type Knex } from 'knex';
import { type ApiMeasures, composeApiMetrics } from './compose-api-metrics';
import { composeVoiceWebhook } from './compose-voice-webhook';
import { composeInbound } from './compose-inbound';
import { composeLedger } from './compose-ledger';
import { createAnnouncer } from './callbacks/announce-callbacks';
import { composeWebhookTrace, type WebhookTraceParts } from './compose-webhook-trace';
import { type ApiConfig } from './config/api-config';
import { createCallStore } from './database/call-store';
import { createCallbackStore } from './database/callback-store';
import { checkMigrated } from './database/check-migrated';
import { createConversationStore } from './database/conversation-store';
import { createDeadLetterStore } from './database/dead-letter-store';
import { createInboxStore, type InboxStore } from './database/inbox-store';
import { createMessageStore } from './database/message-store';
import { createOutcomeCorrector } from './database/outcome-corrector';
import { createReportStore, type ReportScope } from './database/report-store';
import { createTaskStore } from './database/task-store';
import { createTraceStore } from './database/trace-store';
import { createTenantFinder } from './http/api-keys';
import { type AppDependencies } from './http/app';
import { type ReadinessCheck } from './http/routes/readiness';
import { createAcceptReceipt } from './inbox/accept-receipt';
import { type Background, createBackground } from './inbox/background';
import { createCallEvents } from './inbox/call-events';
import { createRecordCallOptOut } from './inbox/call-opt-outs';
import { deferringReceipts } from './inbox/deferring';
import { createSeenMessages, type SeenMessages } from './inbox/seen-messages';
import { createTellWorkflow, type TellWorkflow } from './inbox/tell-workflow';
import { createIdentifierLog } from './telemetry/identifiers/identifier-log';
import { loggingAnnounced } from './telemetry/identifiers/logging-callbacks';
import { loggingCalls } from './telemetry/identifiers/logging-calls';
import { loggingMessages } from './telemetry/identifiers/logging-stores';
import { loggingWebhooks } from './telemetry/identifiers/logging-tracer';
import { exportsInTurn } from './opt-outs/exports-in-turn';
import { takeTurns } from './reports/take-turns';
import { type Logger } from './telemetry/logger';
import { countingAccepted, countingCorrections, countingReceipts } from './telemetry/metrics/counting-stores';
import { countingWebhooks } from './telemetry/metrics/counting-tracer';
import { type CallbackClient } from './temporal/callback-client';
import { type DeferredInbox } from './temporal/deferred-inbox';
import { type MessageClient } from './temporal/message-client';
import { type RunFinder } from './temporal/run-finder';

/** Signals under way at once. More than that means that Temporal is slow; the relay then takes over at its own pace. */
const SIGNALS_AT_ONCE = 200;

/** Reports that are counted at once: they read very much, and most connections are for what is small and urgent. */
const REPORTS_AT_ONCE = 2;

/** Exports that are read at once: each has a connection beside those of the pool, for as long as its reader takes. */
const EXPORTS_AT_ONCE = 2;

export interface ApiParts extends Pick<WebhookTraceParts, 'tracer' | 'keepUp'> {
  readonly app: AppDependencies;
  readonly registry: ApiMeasures['registry'];
  readonly inbox: InboxStore;
  readonly tellWorkflow: TellWorkflow;
  readonly background: Background;
  readonly seenMessages: SeenMessages;
}

/** What the API process consists of, over one pool of database connections and one Temporal client. */
export function composeApi(
  config: ApiConfig,
  knex: Knex,
  client: MessageClient & DeferredInbox & CallbackClient & RunFinder,
  logger: Logger,
): ApiParts {
  const { accountSid, authTokens, defaultPolicy, optOutCodes, publicBaseUrl, senders, tenantKeys } = config;
  const { metrics, registry } = composeApiMetrics(knex);
  const inbox = countingReceipts(createInboxStore(knex), { metrics, optOutCodes, logger });
  const background = createBackground({
    limit: SIGNALS_AT_ONCE,
    report: (error) => logger.warn({ err: error }, 'a receipt did not reach its workflow; the relay tries again'),
  });
  const { markAddress, optOuts, suppressions } = composeLedger(config, {
    knex,
    client,
    logger,
    inBackground: (task) => background.run(task),
  });
  const log = createIdentifierLog(logger);
  const announceCallbacks = loggingAnnounced(createAnnouncer({ client, logger }), log);
  const correctOutcome = countingCorrections(createOutcomeCorrector(knex, optOutCodes, announceCallbacks), metrics);
  const tellWorkflow = createTellWorkflow({
    markAddress,
    client,
    correctOutcome,
  });
  const { store: webhookTraces, tracer, keepUp } = composeWebhookTrace(config, knex, logger);
  const deferring = { deferred: client, logger };
  const messages = loggingMessages(createMessageStore(knex, announceCallbacks), log);
  const seenMessages = createSeenMessages({ messages, correctOutcome, logger });
  const calls = loggingCalls(createCallStore(knex, announceCallbacks), log);
  const recordCallOptOut = createRecordCallOptOut({ optOuts });
  const callEvents = createCallEvents({ calls, client, recordCallOptOut, correctOutcome, background, logger });
  const reports = createReportStore(knex);
  const app = {
    logger,
    webhookTraces,
    tracer: loggingWebhooks(countingWebhooks(tracer, metrics), log),
    metrics,
    registry,
    findTenant: createTenantFinder(tenantKeys),
    messages: countingAccepted(messages, metrics),
    seenMessages,
    deadLetters: createDeadLetterStore(knex),
    tasks: createTaskStore(knex),
    optOuts: { ...optOuts, export: exportsInTurn((options) => optOuts.export(options), EXPORTS_AT_ONCE) },
    suppressions,
    client,
    callbacks: createCallbackStore(knex),
    traces: createTraceStore(knex),
    reports: { countEndings: takeTurns((scope: ReportScope) => reports.countEndings(scope), REPORTS_AT_ONCE) },
    announceCallbacks,
    callbackAdmission: config.callbacks,
    senders,
    conversations: createConversationStore(knex),
    defaultPolicy,
    optOutCodes,
    publicBaseUrl,
    accountSid,
    authTokens,
    acceptReceipt: deferringReceipts(
      createAcceptReceipt({ inbox: seenMessages.watch(inbox), tellWorkflow, background }),
      deferring,
    ),
    acceptInbound: composeInbound(config, { knex, optOuts, client, logger, background }),
    ...composeVoiceWebhook({ events: callEvents, calls, logger }),
    checks: [databaseCheck(knex), temporalCheck(client)],
    now: Date.now,
  };
  const keepUpAll = async (): Promise<void> => {
    await callEvents.relay();
    await keepUp();
  };
  return { app, registry, inbox, tellWorkflow, background, tracer, keepUp: keepUpAll, seenMessages };
}

function databaseCheck(knex: Knex): ReadinessCheck {
  return {
    part: 'database',
    findProblem: async () => {
      const check = await checkMigrated(knex);
      return check.ok ? undefined : check.problem;
    },
  };
}

function temporalCheck(client: MessageClient): ReadinessCheck {
  return {
    part: 'temporal',
    findProblem: async () => {
      await client.ping();
      return undefined;
    },
  };
}
