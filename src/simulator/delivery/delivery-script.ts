import { z } from 'zod';
import { RECEIPT_STATUSES } from '../entities/delivery-receipt';

/** Longest delay that a script may ask for, in milliseconds: one day. */
const LONGEST_DELAY_MS = 24 * 60 * 60 * 1000;

/** A delay in milliseconds. */
export const delayMsSchema = z.int().min(0).max(LONGEST_DELAY_MS);

const COUNT_REMEDY = 'use a whole number from 1 on, or "all"';

/** How many messages or requests something applies to, before the next in line takes over. */
export const countSchema = z.union([z.int(COUNT_REMEDY).min(1, COUNT_REMEDY), z.literal('all')], COUNT_REMEDY);

const receiptStepSchema = z
  .strictObject({
    status: z.enum(RECEIPT_STATUSES),
    /** Twilio's error code; only failed and undelivered have one. */
    errorCode: z.int().min(1).optional(),
    /** Milliseconds after the step before it, or after the message was accepted. */
    delayMs: delayMsSchema.default(0),
    /** The webhook of this step is answered before the request that creates the message is. */
    beforeAnswer: z.boolean().default(false),
  })
  .refine((step) => step.errorCode === undefined || step.status === 'failed' || step.status === 'undelivered', {
    path: ['errorCode'],
    message: 'only failed and undelivered have an error code; leave it out',
  });

/** How what happens is told. */
export const webhookBehaviourSchema = z.strictObject({
  /** The receipt changes and can be polled, but nothing is told. */
  drop: z.boolean().default(false),
  /** How often each webhook is sent. */
  copies: z.int().min(1).max(20).default(1),
  /** Milliseconds between the change and its webhook. */
  delayMs: delayMsSchema.default(0),
  /** `reversed` and `shuffled` hold the webhooks back until the last step, then send them one after another. */
  order: z.enum(['as-it-happens', 'reversed', 'shuffled']).default('as-it-happens'),
});

/** What becomes of a message: its receipts in order, how they are told, and when lists show it. */
export const deliveryScriptSchema = z
  .strictObject({
    /** No steps at all: the message never leaves Twilio. A last step `sent`: silence after that. */
    steps: z.array(receiptStepSchema).max(50),
    webhooks: webhookBehaviourSchema.prefault({}),
    /** Milliseconds until the message is in lists; fetching it by its SID works at once. */
    listLagMs: delayMsSchema.default(0),
  })
  .refine(({ steps }) => beforeAnswerComesFirst(steps.map((step) => step.beforeAnswer)), {
    path: ['steps'],
    message: 'a step with beforeAnswer cannot follow one without it; put those steps first',
  });

export type Count = z.output<typeof countSchema>;

/** A script and the number of messages that it is for. */
const countedScriptSchema = z.strictObject({ messages: countSchema, script: deliveryScriptSchema });

/** The scripts of one address, played in order; after the last one the default script applies again. */
export const addressScriptsSchema = z
  .strictObject({
    /** As in `MessagingBinding.Address`, `whatsapp:` included. */
    address: z.string().min(1),
    scripts: z.array(countedScriptSchema).min(1),
  })
  .refine(({ scripts }) => scripts.slice(0, -1).every(({ messages }) => messages !== 'all'), {
    path: ['scripts'],
    message: 'only the last script can be for "all" messages, as nothing comes after it; give the others a number',
  });

export type ReceiptStep = z.output<typeof receiptStepSchema>;
export type WebhookBehaviour = z.output<typeof webhookBehaviourSchema>;
export type DeliveryScript = z.output<typeof deliveryScriptSchema>;
export type CountedScript = z.output<typeof countedScriptSchema>;
export type DeliveryScriptInput = z.input<typeof deliveryScriptSchema>;
export type AddressScriptsInput = z.input<typeof addressScriptsSchema>;

function beforeAnswerComesFirst(flags: readonly boolean[]): boolean {
  return flags.every((flag, index) => !flag || index === 0 || flags[index - 1] === true);
}
