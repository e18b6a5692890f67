import { type ConversationSid } from '../../domain/sid';
import { type Check } from '../check';
import { account } from './account';
import { accountWebhooks } from './account-webhooks';
import { application } from './application';
import { authToken } from './auth-token';
import { callbackSecrets } from './callback-secrets';
import { clock } from './clock';
import { conductor } from './conductor';
import { configuration } from './configuration';
import { conversationCheck } from './conversation';
import { conversationService } from './conversation-service';
import { credentials } from './credentials';
import { encryption } from './encryption';
import { messagingInbound } from './messaging-inbound';
import { messagingSenders } from './messaging-senders';
import { messagingService } from './messaging-service';
import { migrations } from './migrations';
import { optOutScope } from './opt-out-scope';
import { postgres } from './postgres';
import { postgresConnections } from './postgres-connections';
import { postgresSettings } from './postgres-settings';
import { preActionWebhook } from './pre-action-webhook';
import { publicUrl } from './public-url';
import { searchAttributes } from './search-attributes';
import { senderPools } from './sender-pools';
import { smsSender, voiceSender } from './senders';
import { signature } from './signature';
import { sweepSchedule } from './sweep-schedule';
import { taskQueues } from './task-queues';
import { temporalNamespace } from './temporal-namespace';
import { temporalServer } from './temporal-server';
import { webhooks } from './webhooks';
import { whatsAppSender } from './whatsapp-sender';
import { wordReplies } from './word-replies';

/** The checks of every run, each after those that it builds on. */
export const CHECKS: readonly Check[] = [
  configuration,
  publicUrl,
  credentials,
  account,
  authToken,
  clock,
  conversationService,
  webhooks,
  preActionWebhook,
  accountWebhooks,
  messagingService,
  messagingSenders,
  messagingInbound,
  optOutScope,
  wordReplies,
  smsSender,
  voiceSender,
  whatsAppSender,
  senderPools,
  application,
  conductor,
  signature,
  temporalServer,
  temporalNamespace,
  searchAttributes,
  taskQueues,
  sweepSchedule,
  encryption,
  postgres,
  migrations,
  postgresSettings,
  postgresConnections,
  callbackSecrets,
];

/** The checks of a run, with that of a conversation when one is named. */
export function checksFor(conversationSid: ConversationSid | undefined): readonly Check[] {
  return conversationSid === undefined ? CHECKS : [...CHECKS, conversationCheck(conversationSid)];
}
