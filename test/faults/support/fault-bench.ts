import { randomUUID } from 'node:crypto';
import { configureWebhooks } from '../../../src/simulator/configure-webhooks';
import { type FaultInput } from '../../../src/simulator/faults/fault';
import { type MessageSnapshot } from '../../../src/simulator/control/snapshot';
import { type MessageBody } from '../../end-to-end/support/api-client';
import { type Deployment } from '../../end-to-end/support/deployment';
import { until } from '../../support/until';

/** A message that was posted to a person of its own. */
export interface Posted {
  readonly to: string;
  readonly body: string;
  readonly messageId: string;
}

/** What the fault tests do with a deployment. */
export interface FaultBench {
  /** A number that nobody was written to yet. */
  stranger(): string;
  /** Has posthorn send a text that no other message has. */
  post(to: string, request?: { readonly policy: Readonly<Record<string, unknown>> }): Promise<Posted>;
  /** Places a fault on the next request for the operation; without an address on the next of anybody. */
  breakNext(operation: FaultInput['operation'], fault: Pick<FaultInput, 'when' | 'effect'>, address?: string): number;
  /** Waits until the fault has befallen its request. */
  befell(faultId: number): Promise<void>;
  /** The messages with the text that Twilio has, in all conversations. */
  atTwilio(posted: Posted): MessageSnapshot[];
  /** Chooses which events Twilio tells. */
  tell(...eventTypes: string[]): Promise<void>;
  /** Waits until the message is closed, and says where it is at Twilio. */
  outcomeOf(posted: Posted, withinMs: number): Promise<{ message: MessageBody; atTwilio: MessageSnapshot[] }>;
}

/** Numbers of +1 202 555 01xx are reserved for examples; the first hundred behind 0130 are enough for a file. */
const FIRST_STRANGER = 12025550130;

export function createFaultBench({ api, apiUrl, credentials, simulator }: Deployment): FaultBench {
  let strangers = 0;
  const atTwilio = ({ body, to }: Posted): MessageSnapshot[] =>
    simulator.control
      .snapshot({ address: to })
      .conversations.flatMap(({ messages }) => messages.filter((message) => message.body === body));
  return {
    stranger: () => `+${FIRST_STRANGER + strangers++}`,
    post: async (to, request) => {
      const body = `text ${randomUUID()}`;
      const answer = await api.request('POST', '/v1/messages', { to, body, ...request });
      expect(answer.status).toBe(202);
      return { to, body, messageId: answer.body.id };
    },
    breakNext: (operation, fault, address) =>
      simulator.control.addFault({
        operation,
        requests: 1,
        ...fault,
        ...(address === undefined ? {} : { address }),
      }).faultId,
    befell: async (faultId) => {
      await until(`fault ${faultId}`, () => !simulator.control.faults().some((fault) => fault.faultId === faultId));
    },
    atTwilio,
    tell: (...filters) =>
      configureWebhooks({
        ...credentials.twilio,
        url: simulator.url,
        webhookUrl: `${apiUrl}/webhooks/twilio/conversations`,
        filters,
      }),
    outcomeOf: async (posted, withinMs) => {
      const message = await until(
        `the end of the message "${posted.body}"`,
        async () => {
          const { body } = await api.request('GET', `/v1/messages/${posted.messageId}`);
          return body.status === 'closed' ? body : undefined;
        },
        withinMs,
      );
      // A request may still be on its way.
      await simulator.control.whenIdle();
      return { message, atTwilio: atTwilio(posted) };
    },
  };
}
