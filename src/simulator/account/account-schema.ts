import { z } from 'zod';

const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be E.164, such as +12025550100');
const sidOf = (prefix: string): z.ZodString =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `must be ${prefix} and 32 hexadecimal digits`);
const url = z.url().nullable().default(null);
const method = z.enum(['GET', 'POST']).default('POST');

/** A number that the account owns, and what it can do. */
const numberSchema = z.strictObject({
  phoneNumber: e164,
  sms: z.boolean().default(true),
  mms: z.boolean().default(true),
  voice: z.boolean().default(true),
});

/** A sender of WhatsApp. Source of the statuses: Twilio's OpenAPI description of messaging v2. */
const whatsAppSenderSchema = z.strictObject({
  phoneNumber: e164,
  status: z.enum(['CREATING', 'ONLINE', 'OFFLINE', 'PENDING_VERIFICATION', 'VERIFYING', 'DRAFT']).default('ONLINE'),
});

const messagingServiceSchema = z.strictObject({
  messagingServiceSid: sidOf('MG'),
  inboundRequestUrl: url,
  inboundMethod: method,
  /** Whether inbound messages go to the URL of the number in place of the service's. */
  useInboundWebhookOnNumber: z.boolean().default(false),
  /** The numbers in its sender pool. */
  phoneNumbers: z.array(e164).default([]),
});

const applicationSchema = z.strictObject({
  applicationSid: sidOf('AP'),
  voiceUrl: url,
  voiceMethod: method,
  statusCallback: url,
  statusCallbackMethod: method,
});

const connectAppSchema = z.strictObject({
  connectAppSid: sidOf('CN'),
  friendlyName: z.string().default('Connect app'),
});

/** What the account is and owns, besides its conversation services. */
export const accountSchema = z.strictObject({
  status: z.enum(['active', 'suspended', 'closed']).default('active'),
  type: z.enum(['Full', 'Trial']).default('Full'),
  numbers: z.array(numberSchema).default([]),
  whatsAppSenders: z.array(whatsAppSenderSchema).default([]),
  messagingServices: z.array(messagingServiceSchema).default([]),
  applications: z.array(applicationSchema).default([]),
  connectApps: z.array(connectAppSchema).default([]),
  /** How far the `Date` of answers is ahead of the clock, in milliseconds; behind it when negative. */
  clockOffsetMs: z.int().default(0),
});

export type AccountInput = z.input<typeof accountSchema>;
export type Account = z.output<typeof accountSchema>;
export type OwnedNumber = Account['numbers'][number];
export type WhatsAppSender = Account['whatsAppSenders'][number];
export type MessagingService = Account['messagingServices'][number];
export type Application = Account['applications'][number];
export type ConnectApp = Account['connectApps'][number];
