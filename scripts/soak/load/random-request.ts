import { type SendRequestInput } from '../../../src/request/send-request-schema';
import { type Random } from '../random';
import { type Group } from './groups';
import { somebody } from './people';

/** The queue in which the run's human steps open; nobody is there. */
const QUEUE = 'soak';

/** Shares of the messages: into a conversation with several people, and those whose callers hear of them. */
const GROUP_SHARE = 0.04;
const CALLBACK_SHARE = 0.7;

type Policy = NonNullable<SendRequestInput['policy']>;
type Escalation = NonNullable<Policy['escalation']>;

/** Whom a run writes to, and who is told what becomes of it. */
export interface Audience {
  readonly groups: readonly [Group, ...Group[]];
  readonly callbackUrl: string;
}

/** A request, and the plain numbers of those whom it is about. */
export interface PlannedMessage {
  readonly request: SendRequestInput;
  readonly people: readonly string[];
}

/** A message to somebody or to a group, with a policy whose time-outs are short enough to be waited for. */
export function randomRequest(random: Random, body: string, { callbackUrl, groups }: Audience): PlannedMessage {
  const common = {
    body,
    category: random.weighted({ notification: 6, security: 2, alert: 1, marketing: 2 }),
    // Marketing and calls would wait for the morning at the recipient, and a run must not depend on the time of day.
    ignoreQuietHours: { reason: 'a soak runs at any time of day' },
    ...(random.chance(CALLBACK_SHARE) ? { callbackUrl } : {}),
  };
  if (random.chance(GROUP_SHARE)) {
    const { conversationSid, people } = random.pick(groups);
    return { request: { ...common, conversationSid, policy: randomGroupPolicy(random) }, people };
  }
  const to = somebody(random);
  return { request: { ...common, to, policy: randomPolicy(random, to) }, people: [to] };
}

function randomPolicy(random: Random, to: string): Policy {
  return {
    deliveryTimeout: random.pick(['3s', '4s', '6s']),
    maxAttempts: random.between(1, 3),
    retry: { initialDelay: random.pick(['200ms', '1s']), factor: 2, maxDelay: '2s' },
    onTimeout: random.weighted({ escalate: 3, retry: 2, accept: 1 }),
    escalation: randomEscalation(random, to),
  };
}

function randomEscalation(random: Random, to: string): Escalation {
  const kind = random.weighted({ none: 6, whatsapp: 2, other: 1, call: 2, person: 1, all: 1 });
  const whatsapp = { channel: 'whatsapp', to: `whatsapp:${to}`, deliveryTimeout: '3s', maxAttempts: 1 } as const;
  const other = { channel: 'sms', to: somebody(random), deliveryTimeout: '3s', maxAttempts: 2 } as const;
  const acknowledge = random.weighted({ answer: 1, keypress: 1 });
  const call = { channel: 'voice', ringTimeout: '5s', maxAttempts: 1, acknowledge } as const;
  const person = { channel: 'human', queue: QUEUE, acknowledgeTimeout: '2s' } as const;
  switch (kind) {
    case 'none':
      return [];
    case 'whatsapp':
      return [whatsapp];
    case 'other':
      return [other];
    case 'call':
      return [call, person];
    case 'person':
      return [person];
    case 'all':
      return [whatsapp, other, call, person];
  }
}

function randomGroupPolicy(random: Random): Policy {
  return {
    deliveryTimeout: '4s',
    maxAttempts: 2,
    retry: { initialDelay: '200ms', factor: 2, maxDelay: '2s' },
    onOptedOutParticipant: random.weighted({ send: 1, hold: 1 }),
    escalation: random.chance(0.7) ? [{ channel: 'sms', deliveryTimeout: '3s', maxAttempts: 2 }] : [],
  };
}
