import { type SendRequestInput } from '../../../src/request/send-request-schema';
import { type Random } from '../random';
import { somebody } from './people';

/** The queue in which the run's human steps open; nobody is there. */
const QUEUE = 'soak';

/** A message to somebody, with a policy whose time-outs are short enough to be waited for. */
export function randomRequest(random: Random, body: string): SendRequestInput & { readonly to: string } {
  const to = somebody(random);
  return {
    to,
    body,
    // Marketing waits for the morning at the recipient, and a run must not depend on the time of day.
    category: random.weighted({ notification: 6, security: 2, alert: 1 }),
    policy: {
      deliveryTimeout: random.pick(['4s', '6s', '9s']),
      maxAttempts: random.between(1, 3),
      retry: { initialDelay: random.pick(['200ms', '1s']), factor: 2, maxDelay: '4s' },
      onTimeout: random.weighted({ escalate: 3, retry: 2, accept: 1 }),
      escalation: randomEscalation(random, to),
    },
  };
}

function randomEscalation(
  random: Random,
  to: string,
): NonNullable<NonNullable<SendRequestInput['policy']>['escalation']> {
  const kind = random.weighted({ none: 6, whatsapp: 2, other: 1, person: 1, all: 1 });
  const whatsapp = { channel: 'whatsapp', to: `whatsapp:${to}`, deliveryTimeout: '4s', maxAttempts: 1 } as const;
  const other = { channel: 'sms', to: somebody(random), deliveryTimeout: '4s', maxAttempts: 2 } as const;
  const person = { channel: 'human', queue: QUEUE, acknowledgeTimeout: '3s' } as const;
  switch (kind) {
    case 'none':
      return [];
    case 'whatsapp':
      return [whatsapp];
    case 'other':
      return [other];
    case 'person':
      return [person];
    case 'all':
      return [whatsapp, other, person];
  }
}
