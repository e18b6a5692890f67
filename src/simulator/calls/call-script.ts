import { z } from 'zod';
import { countSchema, delayMsSchema, webhookBehaviourSchema } from '../delivery/delivery-script';

/** What machine detection can say. Source: https://www.twilio.com/docs/voice/answering-machine-detection */
export const ANSWERED_BY = [
  'human',
  'machine_start',
  'machine_end_beep',
  'machine_end_silence',
  'machine_end_other',
  'fax',
  'unknown',
] as const;

/** What can become of somebody who is dialled. Source: https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values */
const DIALLED = ['completed', 'busy', 'no-answer', 'failed', 'canceled'] as const;

/** A second takes a second. */
const TRUE_SECOND_MS = 1000;

const answered = {
  /** Milliseconds until machine detection has made up its mind. */
  detectionMs: delayMsSchema.default(0),
  /** Milliseconds after the answer at which this side hangs up; never when not given. */
  hangUpAfterMs: delayMsSchema.optional(),
};

const fateSchema = z.discriminatedUnion('kind', [
  /** A person takes the call. */
  z.strictObject({
    kind: z.literal('human'),
    /** What is pressed at each Gather in turn; '' or nothing left: no key. */
    keys: z.array(z.string().regex(/^[0-9*#]*$/, 'use the keys 0 to 9, * and #')).default([]),
    /** Milliseconds between the start of a Gather and the key. */
    keyAfterMs: delayMsSchema.default(0),
    /** What becomes of whomever a Dial calls, and how long the two speak, in milliseconds. */
    dialled: z.enum(DIALLED).default('completed'),
    talkMs: delayMsSchema.default(0),
    /** What machine detection takes the person for. */
    detectedAs: z.enum(ANSWERED_BY).default('human'),
    ...answered,
  }),
  /** A machine takes the call, or whatever machine detection says. It presses nothing. */
  z.strictObject({
    kind: z.literal('machine'),
    detectedAs: z.enum(ANSWERED_BY).default('machine_end_beep'),
    ...answered,
  }),
  z.strictObject({ kind: z.literal('busy') }),
  /** Nobody takes it: rings until the call's own time-out. */
  z.strictObject({ kind: z.literal('no-answer') }),
  z.strictObject({ kind: z.literal('failed'), sipResponseCode: z.int().min(400).max(699).default(404) }),
  /** Somebody else cancels it while it rings, in Twilio's console for one. */
  z.strictObject({ kind: z.literal('canceled') }),
]);

/** What becomes of a call. */
export const callScriptSchema = z.strictObject({
  fate: fateSchema,
  /** Milliseconds in the queue, before Twilio dials. */
  queueMs: delayMsSchema.default(0),
  /** Milliseconds between dialling and ringing. */
  dialMs: delayMsSchema.default(0),
  /** Milliseconds of ringing. Longer than the call's own time-out: nobody answers in time. */
  ringMs: delayMsSchema.default(0),
  /**
   * Milliseconds that a second of the call takes: of its ring time-out, its time limit, speech, Pause, and the time-out of Gather.
   * Durations are told in seconds of the call.
   */
  secondMs: z.int().min(1).max(TRUE_SECOND_MS).default(TRUE_SECOND_MS),
  /** How status and machine detection are told. TwiML is asked for in any case. */
  webhooks: webhookBehaviourSchema.prefault({}),
  /** Milliseconds until the call is in lists; fetching it by its SID works at once. */
  listLagMs: delayMsSchema.default(0),
});

/** The scripts of one number, played in order; after the last one the default script applies again. */
export const numberScriptsSchema = z
  .strictObject({
    /** E.164: whom the call is to. */
    to: z.string().min(1),
    scripts: z.array(z.strictObject({ calls: countSchema, script: callScriptSchema })).min(1),
  })
  .refine(({ scripts }) => scripts.slice(0, -1).every(({ calls }) => calls !== 'all'), {
    path: ['scripts'],
    message: 'only the last script can be for "all" calls, as nothing comes after it; give the others a number',
  });

export type CallScript = z.output<typeof callScriptSchema>;
export type CallScriptInput = z.input<typeof callScriptSchema>;
export type CallFate = CallScript['fate'];
export type AnsweredFate = Extract<CallFate, { kind: 'human' | 'machine' }>;
export type AnsweredBy = (typeof ANSWERED_BY)[number];
export type NumberScriptsInput = z.input<typeof numberScriptsSchema>;

/** The script of numbers without one of their own: a person answers, listens to the end, and presses nothing. */
export function defaultCallScript(): CallScript {
  return callScriptSchema.parse({ fate: { kind: 'human' }, ringMs: 50 });
}
