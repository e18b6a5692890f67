import { type Knex } from 'knex';
import { composeWebhookTrace, type WebhookTraceParts } from './compose-webhook-trace';
import { type ApiConfig } from './config/api-config';
import { checkMigrated } from './database/check-migrated';
import { createConversationStore } from './database/conversation-store';
import { createInboxStore, type InboxStore } from './database/inbox-store';
import { createMessageStore } from './database/message-store';
import { createOptOutStore } from './database/opt-out-store';
import { createOutcomeCorrector } from './database/outcome-corrector';
import { createTaskStore } from './database/task-store';
import { createTenantFinder } from './http/api-keys';
import { type AppDependencies } from './http/app';
import { type ReadinessCheck } from './http/routes/readiness';
import { createAcceptInbound } from './inbox/accept-inbound';
import { createAcceptReceipt } from './inbox/accept-receipt';
import { type Background, createBackground } from './inbox/background';
import { deferringInbound, deferringReceipts } from './inbox/deferring';
import { createOptOutMarker } from './inbox/opt-out-marker';
import { createSeenMessages, type SeenMessages } from './inbox/seen-messages';
import { createTellWorkflow, type TellWorkflow } from './inbox/tell-workflow';
import { type Logger } from './telemetry/logger';
import { type DeferredInbox } from './temporal/deferred-inbox';
import { type MessageClient } from './temporal/message-client';

/** Signals under way at once. More than that means that Temporal is slow; the relay then takes over at its own pace. */
const SIGNALS_AT_ONCE = 200;

export interface ApiParts extends Pick<WebhookTraceParts, 'tracer' | 'keepUp'> {
  readonly app: AppDependencies;
  readonly inbox: InboxStore;
  readonly tellWorkflow: TellWorkflow;
  readonly background: Background;
  readonly seenMessages: SeenMessages;
}

/** What the API process consists of, over one pool of database connections and one Temporal client. */
export function composeApi(
  config: ApiConfig,
  knex: Knex,
  client: MessageClient & DeferredInbox,
  logger: Logger,
): ApiParts {
  const { accountSid, authTokens, defaultPolicy, optOutCodes, publicBaseUrl, senders, tenantKeys } = config;
  const inbox = createInboxStore(knex);
  const optOuts = createOptOutStore(knex);
  const tellWorkflow = createTellWorkflow({
    markOptOut: createOptOutMarker({ optOuts, optOutCodes }),
    client,
    correctOutcome: createOutcomeCorrector(knex, optOutCodes),
  });
  const background = createBackground({
    limit: SIGNALS_AT_ONCE,
    report: (error) => logger.warn({ err: error }, 'a receipt did not reach its workflow; the relay tries again'),
  });
  const { store: webhookTraces, tracer, keepUp } = composeWebhookTrace(knex, logger);
  const conversations = createConversationStore(knex);
  const deferring = { deferred: client, logger };
  const messages = createMessageStore(knex);
  const seenMessages = createSeenMessages({ messages, logger });
  const app = {
    logger,
    webhookTraces,
    tracer,
    findTenant: createTenantFinder(tenantKeys),
    messages,
    seenMessages,
    tasks: createTaskStore(knex),
    optOuts,
    client,
    senders,
    defaultPolicy,
    optOutCodes,
    publicBaseUrl,
    accountSid,
    authTokens,
    acceptReceipt: deferringReceipts(
      createAcceptReceipt({ inbox: seenMessages.watch(inbox), tellWorkflow, background }),
      deferring,
    ),
    acceptInbound: deferringInbound(createAcceptInbound({ optOuts, conversations }), deferring),
    checks: [databaseCheck(knex), temporalCheck(client)],
    now: Date.now,
  };
  return { app, inbox, tellWorkflow, background, tracer, keepUp, seenMessages };
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
