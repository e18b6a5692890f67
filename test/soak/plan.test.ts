import fc from 'fast-check';
import { randomCallFate } from '../../scripts/soak/load/call-fate';
import { randomFate } from '../../scripts/soak/load/fate';
import { type Audience, randomRequest } from '../../scripts/soak/load/random-request';
import { createRandom } from '../../scripts/soak/random';
import { LOCAL_SENDERS } from '../../src/local/stack-variables';
import { type SendRequestInput, sendRequestSchema } from '../../src/request/send-request-schema';
import { callScriptSchema } from '../../src/simulator/calls/call-script';
import { deliveryScriptSchema } from '../../src/simulator/delivery/delivery-script';

const seeds = fc.nat({ max: 2 ** 32 - 1 });
const AUDIENCE: Audience = {
  groups: [{ conversationSid: `CH${'1'.repeat(32)}`, people: ['+18085550100', '+18085550101'] }],
  callbackUrl: 'http://127.0.0.1:4000/posthorn',
};
const requestOf = (seed: number) => randomRequest(createRandom(seed), 'text', AUDIENCE);

/** The kinds of messages that a run is to have. */
const KINDS: Readonly<Record<string, (request: SendRequestInput) => boolean>> = {
  'into a conversation': ({ conversationSid }) => conversationSid !== undefined,
  'with a caller who listens': ({ callbackUrl }) => callbackUrl !== undefined,
  marketing: ({ category }) => category === 'marketing',
  'that call somebody and then ask a person': ({ policy }) =>
    policy?.escalation?.map(({ channel }) => channel).join() === 'voice,human',
};

test('every request is one that the API takes, and names those whom it is about', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { people, request } = requestOf(seed);
      expect(sendRequestSchema.safeParse(request).error?.issues).toBeUndefined();
      expect(people).toEqual(request.to === undefined ? AUDIENCE.groups[0].people : [request.to]);
      expect(Object.values(LOCAL_SENDERS)).not.toContain(request.to);
    }),
  );
});

test.each(Object.keys(KINDS))('of 300 messages some are %s', (kind) => {
  const requests = Array.from({ length: 300 }, (_, seed) => requestOf(seed).request);
  expect(requests.filter((request) => KINDS[kind]?.(request)).length).toBeGreaterThan(3);
});

test('every fate is one that the simulator plays', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = createRandom(seed);
      expect(deliveryScriptSchema.safeParse(randomFate(random, { dropShare: 0.1 }).script).success).toBe(true);
      expect(callScriptSchema.safeParse(randomCallFate(random, 0.1)).success).toBe(true);
    }),
  );
});
