import { isNativeError } from 'node:util/types';
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

/**
 * How loud posthorn is. A level is a promise:
 * - `error`: somebody has to act; zero in good times.
 * - `warn`: went wrong and mends itself (a repetition, a relay); worth a look when there are many.
 * - `info`: a process started, stopped or changed its mind; an identifier came into being or came in.
 * - `debug`: one line for each request or step, and each use of an identifier.
 */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Ids go into fields, the error object into `err`; addresses and texts go nowhere. */
export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Which process speaks: `api`, `worker`. */
  readonly name: string;
  /** Where the lines go instead of standard output. */
  readonly destination?: DestinationStream;
}

/** Fields that hold personal data or secrets wherever they turn up; a safety net, not a licence to log them. */
const REDACTED_FIELDS = [
  'to',
  'from',
  'address',
  'sender',
  'recipient',
  'connectTo',
  'caller',
  'callerId',
  'pool',
  'author',
  'Author',
  'body',
  'Body',
  'content',
  'whatsappTemplate',
  'say',
  'speech',
  'voicemail',
  'request',
  'authorization',
  'password',
  'connectionString',
  'authToken',
  'apiKeySecret',
];

/** Makes the logger of one process: JSON lines. */
export function createLogger({ level, name, destination }: LoggerOptions): Logger {
  const options = {
    name,
    level,
    redact: { paths: REDACTED_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    serializers: { err: serializeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * Only what a reader needs of an error, with phone numbers masked: a database error carries whole rows in fields
 * such as `detail`, and a message may repeat a value.
 */
function serializeError(error: unknown): unknown {
  if (!isNativeError(error)) {
    return { type: typeof error, ...(typeof error === 'string' ? { message: maskNumbers(error) } : {}) };
  }
  const { code, cause } = error as Error & { readonly code?: unknown };
  return {
    type: error.name,
    message: maskNumbers(error.message),
    ...(error.stack === undefined ? {} : { stack: maskNumbers(error.stack) }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause === undefined ? {} : { cause: serializeError(cause) }),
  };
}

/** E.164 has 7 to 15 digits after the plus. Source: ITU-T E.164. */
function maskNumbers(text: string): string {
  return text.replace(/(?:\+|%2B)\d{7,15}\b/gi, '+[number]');
}
