import { type FaultInput } from '../../src/simulator/faults/fault';
import { ACCOUNT_SID, AUTH_TOKEN, OTHER_PERSON, PERSON, SENDER, SERVICE_SID } from './support/identifiers';
import { refusalOf } from './support/refusal-of';
import { useSimulator } from './support/use-simulator';

const fixture = useSimulator();

/** Longer than a request takes here, shorter than anybody wants to wait for one that hangs, in milliseconds. */
const SHORT_TIMEOUT_MS = 300;

function fault(input: FaultInput): void {
  fixture.simulator().control.addFault(input);
}

function bodiesOf(conversationSid: string): (string | null)[] {
  const { conversations } = fixture.simulator().control.snapshot({ conversationSid });
  return conversations.flatMap(({ messages }) => messages.map(({ body }) => body));
}

async function post(conversationSid: string, timeoutMs?: number): Promise<unknown> {
  const service = fixture.client(timeoutMs).conversations.v1.services(SERVICE_SID);
  return service.conversations(conversationSid).messages.create({ body: 'once' });
}

test('refuses the next requests of an operation with any status and code, then no more', async () => {
  fault({
    operation: 'conversations.create',
    requests: 2,
    when: 'before',
    effect: { kind: 'respond', status: 400, code: 20001, message: 'because the test says so' },
  });
  const create = (): Promise<unknown> => fixture.service().conversations.create({});

  expect(await refusalOf(create())).toEqual({ status: 400, code: 20001, message: 'because the test says so' });
  expect(await refusalOf(create())).toMatchObject({ code: 20001 });
  await expect(create()).resolves.toBeDefined();
  expect(fixture.simulator().control.faults()).toEqual([]);
});

test('429 carries Retry-After', async () => {
  fault({
    operation: '*',
    requests: 1,
    when: 'before',
    effect: { kind: 'respond', status: 429, code: 20429, retryAfterSeconds: 7 },
  });
  const authorization = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;

  const answer = await fetch(`${fixture.simulator().url}/v1/Services`, { headers: { authorization } });

  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('7');
  expect(await answer.json()).toMatchObject({ code: 20429, status: 429 });
});

test.each([
  ['before', 0],
  ['after', 1],
] as const)('503 %s acceptance leaves %d messages', async (when, count) => {
  const conversationSid = await fixture.conversationWith();
  fault({ operation: 'messages.create', requests: 1, when, effect: { kind: 'respond', status: 503, code: 20503 } });

  expect(await refusalOf(post(conversationSid))).toMatchObject({ status: 503, code: 20503 });
  expect(bodiesOf(conversationSid)).toHaveLength(count);
});

test.each([
  ['before', 0],
  ['after', 1],
] as const)('a reset %s acceptance leaves %d messages', async (when, count) => {
  const conversationSid = await fixture.conversationWith();
  fault({ operation: 'messages.create', requests: 1, when, effect: { kind: 'reset' } });

  await expect(post(conversationSid)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(bodiesOf(conversationSid)).toHaveLength(count);
});

test.each([
  ['before', 0],
  ['after', 1],
] as const)('a request that hangs %s acceptance leaves %d messages', async (when, count) => {
  const conversationSid = await fixture.conversationWith();
  fault({ operation: 'messages.create', requests: 1, when, effect: { kind: 'hang' } });

  await expect(post(conversationSid, SHORT_TIMEOUT_MS)).rejects.toMatchObject({ code: 'ECONNABORTED' });
  expect(bodiesOf(conversationSid)).toHaveLength(count);
});

test('a slow request is answered after all', async () => {
  const conversationSid = await fixture.conversationWith();
  fault({ operation: 'messages.create', requests: 1, when: 'before', effect: { kind: 'slow', delayMs: 50 } });
  const startedAt = performance.now();

  await post(conversationSid);

  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(49);
  expect(bodiesOf(conversationSid)).toEqual(['once']);
});

test('a fault after acceptance waits for a request that is accepted', async () => {
  const conversationSid = await fixture.conversationWith();
  fault({
    operation: 'messages.create',
    requests: 1,
    when: 'after',
    effect: { kind: 'respond', status: 500, code: 20500 },
  });
  const { messages } = fixture.service().conversations(conversationSid);

  expect(await refusalOf(messages.create({}))).toMatchObject({ code: 50503 });
  expect(await refusalOf(messages.create({ body: 'taken' }))).toMatchObject({ code: 20500 });
});

test('a fault of one address leaves the others alone, on each kind of request', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const otherSid = await fixture.conversationWith(OTHER_PERSON, SENDER);
  const message = await fixture.service().conversations(conversationSid).messages.create({ body: 'first' });
  const effect = { kind: 'respond', status: 500, code: 20500 } as const;
  fault({ operation: '*', address: PERSON, requests: 'all', when: 'before', effect });
  const { conversations, participantConversations } = fixture.service();
  const { messages, participants } = conversations(conversationSid);
  const binding = { 'messagingBinding.address': PERSON, 'messagingBinding.proxyAddress': '+12025550198' };

  for (const befallen of [
    messages.create({ body: 'second' }),
    messages.list(),
    messages(message.sid).deliveryReceipts.list(),
    participants.list(),
    conversations(otherSid).participants.create(binding),
    conversations(conversationSid).fetch(),
    participantConversations.list({ address: PERSON }),
  ]) {
    expect(await refusalOf(befallen)).toMatchObject({ status: 500, code: 20500 });
  }
  await expect(conversations(otherSid).messages.create({ body: 'through' })).resolves.toBeDefined();
  await expect(participantConversations.list({ address: OTHER_PERSON })).resolves.toHaveLength(1);
});

test('the request log says which fault befell a request', async () => {
  const { control } = fixture.simulator();
  const placed = control.addFault({
    operation: 'services.fetch',
    requests: 1,
    when: 'before',
    effect: { kind: 'respond', status: 500, code: 20500 },
  });
  await refusalOf(fixture.service().fetch());

  expect(control.requests()).toMatchObject([
    { operation: 'services.fetch', method: 'GET', status: 500, errorCode: 20500, faultIds: [placed.faultId] },
  ]);
});

test('a fault that cannot happen is refused with the field and the remedy', () => {
  const { control } = fixture.simulator();
  const effect = { kind: 'reset' } as const;

  expect(() =>
    control.addFault({ operation: 'conversations.create', address: PERSON, requests: 1, when: 'before', effect }),
  ).toThrow('address: requests of this operation carry no address; leave it out');
  expect(() => control.addFault({ operation: '*', requests: 0, when: 'before', effect })).toThrow(
    'requests: use a whole number from 1 on, or "all"',
  );
  expect(() => control.removeFault(99)).toThrow('faultId: no fault 99 is in force');
});
