import { z } from 'zod';

const common = {
  /** From 1 since the log was opened. */
  sequence: z.int().min(0),
  /** ISO 8601 with milliseconds. */
  at: z.iso.datetime(),
};

const channel = z.enum(['sms', 'whatsapp']);

/** Addresses are hashes: see addressHash. */
const pair = { channel, address: z.string(), proxyAddress: z.string() };

const recipientSchema = z.object({ participantSid: z.string(), deliveryReceiptSid: z.string(), ...pair });

const webhook = {
  eventType: z.string(),
  conversationSid: z.string(),
  messageSid: z.string().optional(),
  deliveryReceiptSid: z.string().optional(),
  participantSid: z.string().optional(),
  /** Of a receipt. */
  status: z.string().optional(),
  errorCode: z.int().optional(),
  /** Which of several copies, from 1. */
  copy: z.int().min(1),
};

/** A person's word about being written to. */
const word = { conversationSid: z.string().optional(), ...pair };

const calls = { callSid: z.string(), conversationSid: z.string().optional() };

/** A request about a call: its status, TwiML for it, or what machine detection found. */
const callRequest = {
  ...calls,
  eventType: z.string(),
  status: z.string().optional(),
  sequenceNumber: z.int().optional(),
  answeredBy: z.string().optional(),
  copy: z.int().min(1),
};

/** One line of the log file: what the simulator accepted, what became of it, and what it told. No text, no address. */
export const logEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('log.opened'), ...common }),
  z.object({
    kind: z.literal('conversation.created'),
    ...common,
    conversationSid: z.string(),
    uniqueName: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('conversation.updated'),
    ...common,
    conversationSid: z.string(),
    changed: z.string(),
  }),
  z.object({
    kind: z.literal('conversation.state_changed'),
    ...common,
    conversationSid: z.string(),
    stateFrom: z.string(),
    stateTo: z.string(),
  }),
  z.object({ kind: z.literal('conversation.deleted'), ...common, conversationSid: z.string() }),
  z.object({
    kind: z.literal('participant.added'),
    ...common,
    conversationSid: z.string(),
    participantSid: z.string(),
    /** Missing for a member of the chat. */
    ...z.object(pair).partial().shape,
  }),
  z.object({
    kind: z.literal('participant.updated'),
    ...common,
    conversationSid: z.string(),
    participantSid: z.string(),
    changed: z.string(),
  }),
  z.object({
    kind: z.literal('participant.removed'),
    ...common,
    conversationSid: z.string(),
    participantSid: z.string(),
  }),
  z.object({
    kind: z.literal('message.accepted'),
    ...common,
    conversationSid: z.string(),
    messageSid: z.string(),
    /** When the request for it came, ISO 8601: before anything held it up. */
    requestedAt: z.iso.datetime(),
    /** As the client set them: JSON text. */
    attributes: z.string(),
    recipients: z.array(recipientSchema),
  }),
  z.object({
    kind: z.literal('message.received'),
    ...common,
    conversationSid: z.string(),
    messageSid: z.string(),
    participantSid: z.string().optional(),
    /** What its text asked for, when it was one of Twilio's words. */
    word: z.enum(['stop', 'start']).nullable(),
  }),
  z.object({ kind: z.literal('opt_out.recorded'), ...common, ...word }),
  z.object({ kind: z.literal('opt_out.lifted'), ...common, ...word }),
  z.object({
    kind: z.literal('receipt.changed'),
    ...common,
    conversationSid: z.string(),
    messageSid: z.string(),
    participantSid: z.string(),
    deliveryReceiptSid: z.string(),
    status: z.string(),
    errorCode: z.int().nullable(),
  }),
  z.object({ kind: z.literal('webhook.answered'), ...common, ...webhook, httpStatus: z.int() }),
  z.object({ kind: z.literal('webhook.failed'), ...common, ...webhook, httpStatus: z.int().nullable() }),
  z.object({ kind: z.literal('webhook.dropped'), ...common, ...webhook }),
  z.object({
    kind: z.literal('call.accepted'),
    ...common,
    ...calls,
    /** Hashes, as with messages. */
    address: z.string(),
    proxyAddress: z.string(),
    /** Query of its callback URL, as the client wrote it. */
    callbackQuery: z.string().nullable(),
    requestedAt: z.iso.datetime(),
  }),
  z.object({ kind: z.literal('call.status_changed'), ...common, ...calls, status: z.string() }),
  z.object({ kind: z.literal('call.answered_by'), ...common, ...calls, answeredBy: z.string() }),
  z.object({ kind: z.literal('call.keys_pressed'), ...common, ...calls }),
  z.object({ kind: z.literal('call.redirected'), ...common, ...calls }),
  z.object({
    kind: z.literal('call.ended'),
    ...common,
    ...calls,
    status: z.string(),
    sipResponseCode: z.int(),
    durationSeconds: z.int(),
    answeredBy: z.string().nullable(),
  }),
  z.object({ kind: z.literal('call.told'), ...common, ...callRequest, httpStatus: z.int().nullable() }),
  z.object({ kind: z.literal('call.untold'), ...common, ...callRequest }),
]);

export type LogEntry = z.output<typeof logEntrySchema>;
export type LogRecipient = z.output<typeof recipientSchema>;
