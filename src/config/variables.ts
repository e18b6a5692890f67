import { z } from 'zod';
import { DEFAULT_OPT_OUT_CODES, parseOptOutErrorCodes } from '../domain/opt-out-code';
import { DEFAULT_SUPPRESSION_CODES, parseSuppressionCodes } from '../domain/suppression-code';
import { WORD_SET_NAMES } from '../domain/word-sets';
import { LOG_LEVELS } from '../telemetry/logger';
import { readCallbackSecret } from './callback-secrets';
import { readDefaultPolicy } from './default-policy';
import { readEncryptionKey, requireDistinctKeyIds } from './encryption-keys';
import { baseUrl, durationOf, listOf, readBy, required, secret, sidOf } from './fields';
import { readQuietHours } from './quiet-hours';
import { readSenderPools } from './sender-pools';
import { readSender } from './senders';
import { readTenantKey, requireDistinctKeys } from './tenant-keys';
import { readWordReplies } from './word-replies';
import { readWordSet, requireDistinctWordSets } from './word-sets';

/** Where the API listens unless told otherwise. */
const DEFAULT_PORT = 3000;
const HIGHEST_PORT = 65_535;

/** How often the sweep looks for what got lost, and how long an attempt may be silent before it is asked about, in milliseconds. */
const DEFAULT_SWEEP_INTERVAL_MS = 30_000;
const DEFAULT_RECEIPT_QUIET_AFTER_MS = 120_000;
/** Temporal's schedules count in seconds. */
const SHORTEST_SWEEP_INTERVAL_MS = 1_000;

/** The trace of webhooks: long enough to look into a complaint of last month, and never so short that nobody can read it. Milliseconds. */
const DEFAULT_WEBHOOK_RETENTION_MS = 30 * 24 * 60 * 60 * 1000;
const SHORTEST_WEBHOOK_RETENTION_MS = 60 * 60 * 1000;

/** What every process reads. */
export const commonVariables = {
  DATABASE_URL: required(
    'set a Postgres connection string, such as postgres://user:password@127.0.0.1:5432/posthorn',
  ).regex(/^postgres(ql)?:\/\/./, 'is not a Postgres connection string: it starts with postgres:// or postgresql://'),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `is not a level: choose one of ${LOG_LEVELS.join(', ')}` }).default('info'),
};

/** What the processes read that start or run workflows: API and worker must agree on it. */
export const deliveryVariables = {
  TWILIO_ACCOUNT_SID: required('copy the Account SID (AC…) from the Twilio Console').transform(readBy(sidOf('AC'))),
  TWILIO_FROM: z
    .string()
    .transform(readBy(readSender('sms')))
    .optional(),
  TWILIO_WHATSAPP_FROM: z
    .string()
    .transform(readBy(readSender('whatsapp')))
    .optional(),
  TWILIO_VOICE_FROM: z
    .string()
    .transform(readBy(readSender('voice')))
    .optional(),
  POSTHORN_SENDERS: z.string().transform(readBy(readSenderPools)).default([]),
  TWILIO_APPLICATION_SID: z
    .string()
    .transform(readBy(sidOf('AP')))
    .optional(),
  TWILIO_CONDUCTOR_SID: z
    .string()
    .transform(readBy(sidOf('CN')))
    .optional(),
  POSTHORN_OPT_OUT_ERROR_CODES: z
    .string()
    .transform(readBy((text) => parseOptOutErrorCodes(text.trim() === 'none' ? '' : text)))
    .default([...DEFAULT_OPT_OUT_CODES]),
  POSTHORN_SUPPRESSION_CODES: z
    .string()
    .transform(readBy((text) => parseSuppressionCodes(text.trim() === 'none' ? '' : text)))
    .default([...DEFAULT_SUPPRESSION_CODES]),
  POSTHORN_ENCRYPTION_KEYS: z
    .string()
    .transform(readBy((text) => requireDistinctKeyIds(listOf(readEncryptionKey)(text))))
    .default([]),
  POSTHORN_CALLBACK_SECRETS: z
    .string()
    .transform(readBy(listOf(readCallbackSecret)))
    .default([]),
  POSTHORN_CALLBACK_ALLOW_PRIVATE: z
    .enum(['true', 'false'], { error: 'is neither true nor false: write one of them' })
    .transform((text) => text === 'true')
    .default(false),
};

/** What `posthorn setup` alone reads. */
export const setupVariables = {
  POSTHORN_SWEEP_INTERVAL: z
    .string()
    .transform(readBy(durationOf(SHORTEST_SWEEP_INTERVAL_MS)))
    .default(DEFAULT_SWEEP_INTERVAL_MS),
};

/** What the API alone reads. */
export const apiVariables = {
  PORT: port().default(DEFAULT_PORT),
  PUBLIC_BASE_URL: required(
    'set the address under which Twilio reaches this API, such as https://posthorn.example.com',
  ).transform(readBy(baseUrl)),
  POSTHORN_API_KEYS: required('set tenant:key pairs separated by commas; `openssl rand -hex 32` makes a key').transform(
    readBy((text) => requireDistinctKeys(listOf(readTenantKey)(text))),
  ),
  TWILIO_AUTH_TOKEN: required(
    'copy the primary auth token of the account from the Twilio Console; Twilio signs its webhooks with it',
  ).transform(readBy(listOf(secret))),
  POSTHORN_OPT_OUT_WORDS: z
    .string()
    .transform(readBy((text) => requireDistinctWordSets(listOf(readWordSet)(text))))
    .default([...WORD_SET_NAMES]),
  POSTHORN_WORD_REPLIES: z.string().transform(readBy(readWordReplies)).optional(),
  POSTHORN_DEFAULT_POLICY: z.string().transform(readBy(readDefaultPolicy)).optional(),
  POSTHORN_WEBHOOK_RETENTION: z
    .string()
    .transform(readBy(durationOf(SHORTEST_WEBHOOK_RETENTION_MS)))
    .default(DEFAULT_WEBHOOK_RETENTION_MS),
};

/** What the worker alone reads. */
export const workerVariables = {
  TWILIO_API_KEY_SID: required('make an API key in the Twilio Console and copy its SID (SK…)').transform(
    readBy(sidOf('SK')),
  ),
  TWILIO_API_KEY_SECRET: required(
    'copy the secret that the Twilio Console shows once when the API key is made',
  ).transform(readBy(secret)),
  TWILIO_CONVERSATIONS_SERVICE_SID: required(
    "copy the SID (IS…) of a Conversations service; README.md says where the default service's is found",
  ).transform(readBy(sidOf('IS'))),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .transform(readBy(sidOf('MG')))
    .optional(),
  TWILIO_API_BASE_URL: z.string().transform(readBy(baseUrl)).optional(),
  PUBLIC_BASE_URL: z.string().transform(readBy(baseUrl)).optional(),
  POSTHORN_RECEIPT_QUIET_AFTER: z
    .string()
    .transform(readBy(durationOf(1)))
    .default(DEFAULT_RECEIPT_QUIET_AFTER_MS),
  METRICS_PORT: port().optional(),
  POSTHORN_QUIET_HOURS: z.string().transform(readBy(readQuietHours)).default([]),
};

function port() {
  return z
    .string()
    .regex(/^\d{1,5}$/, portProblem())
    .transform(Number)
    .refine((value) => value <= HIGHEST_PORT, portProblem());
}

function portProblem(): string {
  return `is not a port: give a whole number from 0 (any free port) to ${HIGHEST_PORT}`;
}
