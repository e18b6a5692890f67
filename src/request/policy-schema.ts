import { z } from 'zod';
import { CALL_CHANNEL, MESSAGE_CHANNELS, STEP_CHANNELS } from '../domain/channel';
import { parseDurationMs } from '../domain/duration';
import {
  CALL_ACKNOWLEDGEMENTS,
  LONGEST_RING_MS,
  MAX_ATTEMPTS,
  MAX_ESCALATION_STEPS,
  MAX_SPOKEN_TIMES,
  ON_OPTED_OUT_PARTICIPANT,
  SHORTEST_RING_MS,
} from '../domain/policy';
import { addressBreaches, addressField } from './address-field';
import { callbackUrlField } from './callback-url-field';
import { contentFields, exclusiveContentBreaches } from './content-fields';
import { durationField } from './duration-field';
import { expectation, expectOneOf } from './expectation';
import { limitedList } from './limited-list';
import { onCallSchema } from './on-call-schema';
import { textField } from './text-field';
import { type Breach, type Fields, isFields, strictObject, withRule } from './strict-object';
import { whenField } from './when-field';

const GREATEST_FACTOR = 10;
const ON_TIMEOUT = ['escalate', 'retry', 'accept'] as const;

const attemptsError = { error: `must be a whole number from 1 to ${MAX_ATTEMPTS}` };
const factorError = { error: `must be a number from 1 to ${GREATEST_FACTOR}` };

const attemptsField = z.int(attemptsError).min(1, attemptsError).max(MAX_ATTEMPTS, attemptsError).optional();

const repeatError = { error: `must be a whole number from 1 to ${MAX_SPOKEN_TIMES}: so often is the text said` };
const repeatField = z.int(repeatError).min(1, repeatError).max(MAX_SPOKEN_TIMES, repeatError).optional();

/** As long as a text may be. */
const LONGEST_SPEECH = 1600;

/** A minute. It is sent to Twilio with the order to say it, which has to stay below 4,000 characters of XML. */
const LONGEST_VOICEMAIL = 600;

const retrySchema = withRule(
  strictObject('an object such as {"initialDelay": "30s", "factor": 2, "maxDelay": "15m"}', {
    initialDelay: durationField().optional(),
    factor: z.number(factorError).min(1, factorError).max(GREATEST_FACTOR, factorError).optional(),
    maxDelay: durationField().optional(),
  }),
  retryBreaches,
);

const messageStepSchema = withRule(
  strictObject('a step such as {"channel": "sms"}', {
    channel: z.enum(MESSAGE_CHANNELS, { error: expectOneOf(STEP_CHANNELS) }),
    to: addressField('the recipient of this step').optional(),
    from: addressField('the sender of this step').optional(),
    ...contentFields,
    when: whenField,
    deliveryTimeout: durationField().optional(),
    stepTimeout: durationField().optional(),
    maxAttempts: attemptsField,
  }),
  (step) => [...addressBreaches(step), ...exclusiveContentBreaches(step)],
);

const voiceStepSchema = withRule(
  strictObject('a step such as {"channel": "voice"}', {
    channel: z.literal(CALL_CHANNEL),
    to: addressField('who is called by this step').optional(),
    from: addressField('the caller of this step').optional(),
    say: textField('what the call says', LONGEST_SPEECH).optional(),
    repeat: repeatField,
    voicemail: textField('what is left on a machine', LONGEST_VOICEMAIL)
      .min(1, { error: 'is empty: give what is left on a machine, or leave voicemail out' })
      .optional(),
    connectTo: addressField('whom key 9 puts through to').optional(),
    language: z
      .string({ error: expectation('a language') })
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, { error: 'is not a language: give a tag such as "en-US"' })
      .optional(),
    acknowledge: z.enum(CALL_ACKNOWLEDGEMENTS, { error: expectOneOf(CALL_ACKNOWLEDGEMENTS) }).optional(),
    when: whenField,
    ringTimeout: durationField().optional(),
    stepTimeout: durationField().optional(),
    maxAttempts: attemptsField,
  }),
  voiceBreaches,
);

const queueField = z
  .string({ error: expectation('the name of the queue that the task opens in') })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error: 'is no name of a queue: give 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first',
  });

const humanStepSchema = strictObject('a step such as {"channel": "human", "queue": "support"}', {
  channel: z.literal('human'),
  queue: queueField,
  when: whenField,
  acknowledgeTimeout: durationField().optional(),
  callbackUrl: callbackUrlField.optional(),
  onCall: onCallSchema.optional(),
});

const expectStep = expectation('a step such as {"channel": "sms"}');
const expectChannel = expectOneOf(STEP_CHANNELS);

const stepSchema = z.discriminatedUnion('channel', [messageStepSchema, voiceStepSchema, humanStepSchema], {
  error: (issue) => (isFields(issue.input) ? expectChannel({ input: issue.input['channel'] }) : expectStep(issue)),
});

const escalationField = limitedList(stepSchema, {
  what: 'a list of steps, such as [{"channel": "sms"}]',
  limit: MAX_ESCALATION_STEPS,
  tooMany: `has too many steps: give at most ${MAX_ESCALATION_STEPS}`,
});

/** The policy of a message from outside: all of it may be left out. */
export const policySchema = strictObject('an object such as {"deliveryTimeout": "10m"}', {
  deliveryTimeout: durationField().optional(),
  stepTimeout: durationField().optional(),
  maxAttempts: attemptsField,
  retry: retrySchema.optional(),
  onTimeout: z.enum(ON_TIMEOUT, { error: expectOneOf(ON_TIMEOUT) }).optional(),
  escalation: escalationField.optional(),
  onOptedOutParticipant: z.enum(ON_OPTED_OUT_PARTICIPANT, { error: expectOneOf(ON_OPTED_OUT_PARTICIPANT) }).optional(),
});

function retryBreaches({ initialDelay, maxDelay }: Fields): Breach[] {
  const initialMs = typeof initialDelay === 'string' ? parseDurationMs(initialDelay) : undefined;
  const maxMs = typeof maxDelay === 'string' ? parseDurationMs(maxDelay) : undefined;
  const isContradiction = initialMs !== undefined && maxMs !== undefined && initialMs > maxMs;
  return isContradiction ? [{ path: ['maxDelay'], message: 'is shorter than initialDelay: give a longer one' }] : [];
}

/** Calls go to plain numbers, and ring for as long as Twilio can let them. */
function voiceBreaches(step: Fields): Breach[] {
  const { ringTimeout } = step;
  const ringMs = typeof ringTimeout === 'string' ? parseDurationMs(ringTimeout) : undefined;
  const addresses = (['to', 'from', 'connectTo'] as const).flatMap((field) =>
    String(step[field]).startsWith('whatsapp:')
      ? [
          {
            path: [field],
            message: 'is an address for whatsapp: give a number that can be called, such as "+12025550101"',
          },
        ]
      : [],
  );
  const isRingable = ringMs === undefined || (ringMs >= SHORTEST_RING_MS && ringMs <= LONGEST_RING_MS);
  return [
    ...addresses,
    ...(isRingable
      ? []
      : [{ path: ['ringTimeout'], message: 'is no time that a phone can ring: give "5s" to "600s"' }]),
  ];
}
