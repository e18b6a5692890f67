import fc from 'fast-check';
import { type AttemptResult } from '../../src/domain/attempt-result';
import { CATEGORIES } from '../../src/domain/category';
import { MESSAGE_CHANNELS } from '../../src/domain/channel';
import { type ErrorClass } from '../../src/domain/error-class';
import { type EscalationStep, MAX_ATTEMPTS, MAX_ESCALATION_STEPS, type Policy } from '../../src/domain/policy';
import { STEP_CONDITIONS } from '../../src/domain/step-condition';

export const ERROR_CLASSES = [
  'retry',
  'limit',
  'recipient',
  'message',
  'opt_out',
  'config',
  'unknown',
] as const satisfies ErrorClass[];

export const anyDuration = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fc.constantFrom('ms', 's', 'm', 'h', ' days'))
  .map(([count, unit]) => `${count}${unit}`);

export const anyCategory = fc.constantFrom(...CATEGORIES);

const anyAttemptLimit = fc.integer({ min: 1, max: MAX_ATTEMPTS });

const anyWhen = fc.uniqueArray(fc.constantFrom(...STEP_CONDITIONS), { minLength: 1, maxLength: 3 });

const anyMessageStep = fc.record(
  {
    channel: fc.constantFrom(...MESSAGE_CHANNELS),
    content: fc.constant({ body: 'another text' }),
    deliveryTimeout: anyDuration,
    maxAttempts: anyAttemptLimit,
    when: anyWhen,
  },
  { requiredKeys: ['channel'] },
);

const anyHumanStep = fc.record(
  {
    channel: fc.constant('human' as const),
    queue: fc.constant('desk'),
    acknowledgeTimeout: anyDuration,
    when: anyWhen,
  },
  { requiredKeys: ['channel', 'queue', 'acknowledgeTimeout'] },
);

export const anyStep: fc.Arbitrary<EscalationStep> = fc.oneof(anyMessageStep, anyHumanStep);

export const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  deliveryTimeout: anyDuration,
  maxAttempts: anyAttemptLimit,
  retry: fc.record({
    initialDelay: anyDuration,
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    maxDelay: anyDuration,
  }),
  onTimeout: fc.constantFrom('escalate' as const, 'retry' as const, 'accept' as const),
  escalation: fc.array(anyStep, { maxLength: MAX_ESCALATION_STEPS }),
});

export const anyMessageResult: fc.Arbitrary<AttemptResult> = fc.oneof(
  fc.constantFrom(...ERROR_CLASSES).map((errorClass) => ({ kind: 'refused' as const, errorClass, reason: 'refused' })),
  fc.constantFrom(21614, 63003).map((errorCode) => ({
    kind: 'refused' as const,
    errorCode,
    errorClass: 'recipient' as const,
    reason: 'refused',
  })),
  fc.constant({
    kind: 'refused' as const,
    errorCode: 63016,
    errorClass: 'message' as const,
    reason: 'the window is closed',
    hasTemplate: true as const,
  }),
  fc.constant({ kind: 'timed_out' as const }),
  fc.constant({ kind: 'ambiguous' as const, reason: 'no answer' }),
  fc.constantFrom('delivered' as const, 'read' as const).map((status) => ({ kind: 'delivered' as const, status })),
  fc.constant({ kind: 'opted_out' as const, reason: 'said stop' }),
  fc.constantFrom<AttemptResult>(
    { kind: 'refused', errorCode: 63014, errorClass: 'opt_out', reason: 'blocked' },
    { kind: 'opted_out', reason: 'blocked', isBlock: true },
    { kind: 'refused', errorCode: 21610, errorClass: 'opt_out', reason: 'said stop to the sender' },
  ),
);
