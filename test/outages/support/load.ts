import { randomUUID } from 'node:crypto';
import { createPatientClient } from '../../../scripts/soak/load/patient-client';
import { createTally, type Tally } from '../../../scripts/soak/tally';
import { createDatabase } from '../../../src/database/client';
import { type DeliveryScriptInput } from '../../../src/simulator/delivery/delivery-script';
import { type Deployment } from '../../end-to-end/support/deployment';
import { until } from '../../support/until';

/** A load is as heavy as two shared cores let it be, so its end is waited for with patience. */
const CLOSED_WITHIN_MS = 120_000;

const SENT = { status: 'sent', delayMs: 50 } as const;

/** What becomes of a message at the carrier, and the only right outcome of it. */
const FATES = {
  delivered: { steps: [SENT, { status: 'delivered', delayMs: 200 }] },
  undeliverable: { steps: [SENT, { status: 'undelivered', errorCode: 30005, delayMs: 200 }] },
} as const satisfies Record<string, DeliveryScriptInput>;
type Fate = keyof typeof FATES;

export interface LoadOptions {
  /** Which of the messages lose their webhooks, counted from 0; without it none. */
  readonly isUntold?: (index: number) => boolean;
  /** Loads of one deployment need recipients of their own: each starts behind the last one of the load before. */
  readonly recipientsBefore?: number;
}

/** Messages of which the caller wants to know what became. */
export interface Load {
  /** Posts so many more, all at once, and resolves when the last one was accepted. */
  post(count: number): Promise<void>;
  /** How callers were answered: `answer:202`. */
  readonly tally: Tally;
  /** Waits until every message is closed, and says of each what is wrong with it; nothing when all is right. */
  faults(): Promise<string[]>;
  /** The ids of those that were accepted. */
  acceptedIds(): readonly string[];
  /** How many of them Twilio has. */
  atTwilio(): number;
}

interface Expected {
  readonly fate: Fate;
  readonly body: string;
}

/** A caller with many recipients: no two of its messages go to one person. */
export function createLoad(
  deployment: Deployment,
  { isUntold = () => false, recipientsBefore = 0 }: LoadOptions = {},
): Load {
  const { apiUrl, credentials, environment, simulator } = deployment;
  const tally = createTally();
  const signal = AbortSignal.timeout(CLOSED_WITHIN_MS);
  const client = createPatientClient({ url: apiUrl, apiKey: credentials.apiKey, tally, signal });
  const expected = new Map<string, Expected>();
  const bodies = new Set<string | null>();
  let posted = 0;

  async function postOne(index: number): Promise<void> {
    const to = `+1202${5550200 + recipientsBefore + index}`;
    const fate = index % 4 === 3 ? 'undeliverable' : 'delivered';
    const script = { ...FATES[fate], webhooks: { drop: isUntold(index) } };
    simulator.control.scriptAddress({ address: to, scripts: [{ messages: 'all', script }] });
    const body = `text ${randomUUID()}`;
    bodies.add(body);
    const messageId = await client.post({ to, body }, randomUUID());
    if (messageId !== undefined) {
      expected.set(messageId, { fate, body });
    }
  }
  return {
    tally,
    post: async (count) => {
      const first = posted;
      posted += count;
      await Promise.all(Array.from({ length: count }, (_, index) => postOne(first + index)));
    },
    acceptedIds: () => [...expected.keys()],
    atTwilio: () => bodiesAtTwilio(deployment).filter((body) => bodies.has(body)).length,
    faults: async () => {
      const outcomes = await outcomesWhenClosed(environment['DATABASE_URL'] ?? '');
      await simulator.control.whenIdle();
      const sent = bodiesAtTwilio(deployment);
      const faults = [...expected].flatMap(([messageId, { fate, body }]) => [
        ...(outcomes.get(messageId) === fate ? [] : [`${fate} ended as ${outcomes.get(messageId)}`]),
        ...(sent.filter((each) => each === body).length === 1 ? [] : [`${fate} is not at Twilio exactly once`]),
      ]);
      return [...tally.problems(), ...faults, ...(expected.size === posted ? [] : [`${expected.size} accepted`])];
    },
  };
}

function bodiesAtTwilio({ simulator }: Deployment): (string | null)[] {
  return simulator.control.snapshot().conversations.flatMap(({ messages }) => messages.map(({ body }) => body));
}

/** The kind of each message's outcome by its id, when no message is open any more. */
async function outcomesWhenClosed(databaseUrl: string): Promise<Map<string, string>> {
  const knex = createDatabase({ url: databaseUrl, poolMax: 1, applicationName: 'posthorn test' });
  try {
    await until(
      'the end of every message',
      async () => {
        const open = await knex('messages').whereNull('closed_at').limit(1);
        return open.length === 0;
      },
      CLOSED_WITHIN_MS,
    );
    const rows = await knex('messages').select<{ message_id: string; kind: string }[]>(
      'message_id',
      knex.raw("outcome->>'kind' as kind"),
    );
    return new Map(rows.map(({ message_id: messageId, kind }) => [messageId, kind]));
  } finally {
    await knex.destroy();
  }
}
