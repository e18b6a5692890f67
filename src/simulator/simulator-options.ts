import { z } from 'zod';
import { accountSchema } from './account/account-schema';
import { callScriptSchema, defaultCallScript } from './calls/call-script';
import { deliveryScriptSchema } from './delivery/delivery-script';
import { defaultScript } from './delivery/preset-scripts';
import { WEBHOOK_TIMEOUT_MS } from './webhooks/webhook-request';

/** Longest time that Twilio waits for TwiML, in milliseconds. Source: https://www.twilio.com/docs/voice/twiml */
const VOICE_TIMEOUT_MS = 15_000;

/** How many entries each log keeps: enough to read a test or a demo, little enough for a long run. */
const DEFAULT_LOG_CAPACITY = 10_000;

const sidOf = (prefix: string): z.ZodString =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `must be ${prefix} and 32 hexadecimal digits`);

const origin = z
  .string()
  .refine((text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text, {
    message: 'must be an origin such as https://example.com, without path and trailing slash',
  });

/** What a simulator is started with. */
export const simulatorOptionsSchema = z
  .strictObject({
    /** 0 takes a free port. */
    port: z.int().min(0).max(65_535).default(0),
    /** Address to listen on. The control API asks for no password: think before opening it to a network. */
    host: z.string().min(1).default('127.0.0.1'),
    accountSid: sidOf('AC'),
    /** Logs in together with the account SID, and signs the webhooks. */
    authToken: z.string().min(1),
    apiKeySid: sidOf('SK').optional(),
    apiKeySecret: z.string().min(1).optional(),
    /** The service that exists from the start; also the default service. */
    serviceSid: sidOf('IS'),
    /** The addresses that the account owns, to write and to call from. Not given: every valid address may be one. */
    proxyAddresses: z.array(z.string().min(1)).optional(),
    /** What the account is and owns besides its conversation services: numbers, senders, applications. */
    account: accountSchema.prefault({}),
    /** Plays where an address has no script of its own. */
    defaultScript: deliveryScriptSchema.default(defaultScript),
    /** Plays where a number has no call script of its own. */
    defaultCallScript: callScriptSchema.default(defaultCallScript),
    /** Origin of the URLs in answers. A client that overrides Twilio's hosts has to override it in these too. */
    apiOrigin: origin.default('https://conversations.twilio.com'),
    /** Where webhooks for a public origin really go; they are signed over the public URL all the same. */
    webhookOrigins: z.record(origin, origin).default({}),
    /** How long after a person wrote WhatsApp takes texts from the sender, in milliseconds; Twilio's is 24 hours. Not given: always. */
    whatsAppWindowMs: z.int().min(1).optional(),
    webhookTimeoutMs: z.int().min(1).default(WEBHOOK_TIMEOUT_MS),
    /** Longest time that the receiver of a call's request has, in milliseconds. */
    voiceTimeoutMs: z.int().min(1).default(VOICE_TIMEOUT_MS),
    /** Entries that each of the logs (requests, webhooks, events) keeps. */
    logCapacity: z.int().min(1).default(DEFAULT_LOG_CAPACITY),
    /** Gets a line for everything that is accepted and told; see logEntrySchema. What is in it already stays. */
    logFile: z.string().min(1).optional(),
  })
  .refine((options) => (options.apiKeySid === undefined) === (options.apiKeySecret === undefined), {
    path: ['apiKeySecret'],
    message: 'apiKeySid and apiKeySecret go together: give both or neither',
  });

export type SimulatorOptionsInput = z.input<typeof simulatorOptionsSchema>;
export type SimulatorOptions = z.output<typeof simulatorOptionsSchema>;
