import { parseSid } from '../../src/domain/sid';
import { type Simulator } from '../../src/simulator/start-simulator';
import { conversationForPair } from '../../src/twilio/conversation-for-pair';
import { type AddressPair } from '../../src/twilio/gateway';
import { SharedPairError } from '../../src/twilio/shared-pair-error';
import { ACCOUNT, failureOf, gatewayTo, PAIR, serviceOf, startTwilio } from './simulated-twilio';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startTwilio();
});
beforeEach(() => simulator.control.reset());
afterAll(() => simulator.stop());

const conversations = () => simulator.control.snapshot().conversations;
const operations = () => simulator.control.requests().map(({ operation }) => operation);
const close = (conversationSid: string) =>
  serviceOf(simulator).conversations(conversationSid).update({ state: 'closed' });
const remove = (conversationSid: string) => serviceOf(simulator).conversations(conversationSid).remove();

describe('a new pair', () => {
  test.each<readonly [AddressPair, object]>([
    [PAIR, { type: 'sms', address: PAIR.recipient, proxyAddress: PAIR.sender }],
    [
      { ...PAIR, channel: 'whatsapp' },
      { type: 'whatsapp', address: `whatsapp:${PAIR.recipient}`, proxyAddress: `whatsapp:${PAIR.sender}` },
    ],
  ])('gets a conversation with the recipient bound to the sender: %j', async (pair, binding) => {
    const opened = await gatewayTo(simulator).openConversation(pair);
    expect(conversations()).toMatchObject([
      { conversationSid: opened.conversationSid, participants: [{ participantSid: opened.participantSid, binding }] },
    ]);
  });

  test('gets the configured messaging service', async () => {
    const messagingServiceSid = parseSid(`MG${'d'.repeat(32)}`, 'MG');
    await gatewayTo(simulator, { messagingServiceSid }).openConversation(PAIR);
    expect(conversations()).toMatchObject([{ messagingServiceSid }]);
  });

  test('shows no address in the name of its conversation, and costs two requests', async () => {
    await gatewayTo(simulator).openConversation(PAIR);
    expect(conversations()[0]?.uniqueName).not.toContain('555');
    expect(operations()).toEqual(['conversations.create', 'participants.create']);
  });

  test('asked for by 30 workers at once ends in one conversation with one participant', async () => {
    const gateways = [gatewayTo(simulator), gatewayTo(simulator), gatewayTo(simulator)];
    const opened = await Promise.all(
      Array.from({ length: 10 }, () => gateways.map((gateway) => gateway.openConversation(PAIR))).flat(),
    );
    expect(opened).toHaveLength(30);
    expect(new Set(opened.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(conversations()).toHaveLength(1);
    expect(conversations()[0]?.participants).toHaveLength(1);
  });
});

describe('a known pair', () => {
  test('gets the same conversation again', async () => {
    const first = await gatewayTo(simulator).openConversation(PAIR);
    expect(await gatewayTo(simulator).openConversation(PAIR)).toEqual(first);
  });

  test('shares nothing with another sender, channel or recipient', async () => {
    const gateway = gatewayTo(simulator);
    const opened = await Promise.all([
      gateway.openConversation(PAIR),
      gateway.openConversation({ ...PAIR, channel: 'whatsapp' }),
      gateway.openConversation({ ...PAIR, sender: '+15550100101' }),
      gateway.openConversation({ ...PAIR, recipient: '+15550100002' }),
    ]);
    expect(new Set(opened.map(({ conversationSid }) => conversationSid)).size).toBe(4);
  });

  test('gets the conversation that somebody else made for it, under whatever name', async () => {
    const service = serviceOf(simulator);
    const { sid: conversationSid } = await service.conversations.create({ friendlyName: 'by hand' });
    const participants = service.conversations(conversationSid).participants;
    await participants.create({ identity: 'agent' });
    const { sid: participantSid } = await participants.create({
      'messagingBinding.address': PAIR.recipient,
      'messagingBinding.proxyAddress': PAIR.sender,
    });
    const gateway = gatewayTo(simulator);
    expect(await gateway.openConversation(PAIR)).toEqual({ conversationSid, participantSid });
    expect(await gateway.openConversation(PAIR)).toEqual({ conversationSid, participantSid });
  });

  test('whose participant was taken out of the conversation gets it back in', async () => {
    const gateway = gatewayTo(simulator);
    const { conversationSid, participantSid } = await gateway.openConversation(PAIR);
    await serviceOf(simulator).conversations(conversationSid).participants(participantSid).remove();
    const again = await gateway.openConversation(PAIR);
    expect(again.conversationSid).toBe(conversationSid);
    expect(again.participantSid).not.toBe(participantSid);
  });
});

describe('a conversation that came to an end', () => {
  test('by closing is followed by another one, again and again', async () => {
    const gateway = gatewayTo(simulator);
    const seen = new Set<string>();
    for (let generation = 0; generation < 4; generation += 1) {
      const { conversationSid } = await gateway.openConversation(PAIR);
      seen.add(conversationSid);
      await close(conversationSid);
    }
    const last = await gateway.openConversation(PAIR);
    expect(seen.size).toBe(4);
    expect(seen).not.toContain(last.conversationSid);
    expect(await gateway.openConversation(PAIR)).toEqual(last);
  });

  test('by closing is followed by a single one for 30 workers at once, whether they knew of it or not', async () => {
    const gateway = gatewayTo(simulator);
    const { conversationSid } = await gateway.openConversation(PAIR);
    await close(conversationSid);
    const opened = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        gateway.openConversation(PAIR, index % 2 === 0 ? conversationSid : undefined),
      ),
    );
    expect(new Set(opened.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(opened[0]?.conversationSid).not.toBe(conversationSid);
  });

  test('is stepped over when the caller knows of it: two requests, however many came before', async () => {
    const gateway = gatewayTo(simulator);
    let gone = (await gateway.openConversation(PAIR)).conversationSid;
    for (let generation = 0; generation < 3; generation += 1) {
      await close(gone);
      gone = (await gateway.openConversation(PAIR, gone)).conversationSid;
    }
    await close(gone);
    const before = operations().length;
    const { conversationSid } = await gateway.openConversation(PAIR, gone);
    expect(operations().slice(before)).toEqual(['conversations.create', 'participants.create']);
    expect(await gateway.openConversation(PAIR)).toMatchObject({ conversationSid });
  });

  test.each([true, false])('by deletion is followed by another one; caller knows of it: %s', async (isKnown) => {
    const gateway = gatewayTo(simulator);
    const { conversationSid } = await gateway.openConversation(PAIR);
    await remove(conversationSid);
    const next = await gateway.openConversation(PAIR, isKnown ? conversationSid : undefined);
    expect(next.conversationSid).not.toBe(conversationSid);
    expect(await gateway.openConversation(PAIR)).toEqual(next);
  });

  test('but did not, though the caller thinks so, is used on', async () => {
    const gateway = gatewayTo(simulator);
    const opened = await gateway.openConversation(PAIR);
    expect(await gateway.openConversation(PAIR, opened.conversationSid)).toEqual(opened);
  });

  test('between being found and being joined is followed by another one', async () => {
    simulator.control.addFault({
      operation: 'participants.create',
      requests: 1,
      when: 'before',
      effect: { kind: 'respond', status: 400, code: 50377 },
    });
    const { conversationSid } = await gatewayTo(simulator).openConversation(PAIR);
    expect(conversations().map(({ participants }) => participants.length)).toEqual([0, 1]);
    expect(conversations()[1]?.conversationSid).toBe(conversationSid);
  });
});

describe('changes by others in the same moment', () => {
  const refuse = (operation: 'participants.create' | 'conversations.fetch', code: number, requests: number | 'all') => {
    const effect = { kind: 'respond', status: 409, code, message: 'already exists' } as const;
    simulator.control.addFault({ operation, requests, when: 'before', effect });
  };

  test.each([20409, 50386, 50391, 50419, 50449])('a conflict %d passes by itself', async (code) => {
    refuse('participants.create', code, 2);
    const opened = await gatewayTo(simulator).openConversation(PAIR);
    expect(conversations()).toMatchObject([{ conversationSid: opened.conversationSid, participants: [{}] }]);
  });

  test('a name that is taken by what cannot be seen yet is asked for again', async () => {
    const gateway = gatewayTo(simulator);
    const opened = await gateway.openConversation(PAIR);
    refuse('conversations.fetch', 50350, 2);
    expect(await gateway.openConversation(PAIR)).toEqual(opened);
  });

  test.each([50416, 50425, 50433, 50437, 50438])(
    'a participant that exists (%d) and is not listed yet is looked for again',
    async (code) => {
      refuse('participants.create', code, 1);
      const opened = await gatewayTo(simulator).openConversation(PAIR);
      expect(conversations()).toMatchObject([{ conversationSid: opened.conversationSid, participants: [{}] }]);
    },
  );

  test('a refusal that names a conversation which is closed by now is not followed there', async () => {
    const gateway = gatewayTo(simulator);
    const { conversationSid: closedSid } = await gateway.openConversation(PAIR);
    await close(closedSid);
    simulator.control.addFault({
      operation: 'participants.create',
      requests: 1,
      when: 'before',
      effect: { kind: 'respond', status: 409, code: 50416, message: `already exists in Conversation ${closedSid}` },
    });
    const opened = await gateway.openConversation(PAIR);
    expect(opened.conversationSid).not.toBe(closedSid);
    expect(conversations()).toMatchObject([{ state: 'closed' }, { conversationSid: opened.conversationSid }]);
  });

  test('one that never passes is told with its code, after few tries', async () => {
    const pauses: number[] = [];
    const deps = {
      service: serviceOf(simulator),
      messagingServiceSid: undefined,
      pause: (milliseconds: number) => Promise.resolve(pauses.push(milliseconds)),
      onMade: () => undefined,
    };
    refuse('participants.create', 50416, 'all');
    expect(await failureOf(conversationForPair(deps, PAIR, undefined))).toMatchObject({
      fault: 'refused',
      code: 50416,
    });
    expect(pauses).toHaveLength(4);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  });
});

describe('trouble', () => {
  test('with one conversation after the other closed is told in the end', async () => {
    simulator.control.addFault({
      operation: 'participants.create',
      requests: 'all',
      when: 'before',
      effect: { kind: 'respond', status: 400, code: 50377 },
    });
    expect(await failureOf(gatewayTo(simulator).openConversation(PAIR))).toMatchObject({
      fault: 'refused',
      code: 50377,
    });
  });

  test.each(['conversations.create', 'participants.create'] as const)(
    'a lost answer of %s is safe to repeat',
    async (operation) => {
      const gateway = gatewayTo(simulator);
      simulator.control.addFault({ operation, requests: 1, when: 'after', effect: { kind: 'reset' } });
      expect(await failureOf(gateway.openConversation(PAIR))).toMatchObject({ fault: 'unreachable' });
      const opened = await gateway.openConversation(PAIR);
      expect(conversations()).toMatchObject([{ conversationSid: opened.conversationSid, participants: [{}] }]);
    },
  );

  test('an address that Twilio does not take is refused with its code', async () => {
    expect(
      await failureOf(gatewayTo(simulator).openConversation({ ...PAIR, recipient: '+15550100100' })),
    ).toMatchObject({
      fault: 'refused',
      operation: 'add participant',
      status: 400,
      code: 50409,
    });
  });

  test('too many requests are told with the time to wait', async () => {
    simulator.control.addFault({
      operation: 'conversations.create',
      requests: 1,
      when: 'before',
      effect: { kind: 'respond', status: 429, code: 20429, retryAfterSeconds: 3 },
    });
    expect(await failureOf(gatewayTo(simulator).openConversation(PAIR))).toMatchObject({
      fault: 'rate_limited',
      retryAfterMs: 3000,
    });
  });

  test('a wrong key is refused', async () => {
    expect(
      await failureOf(gatewayTo(simulator, { apiKeySecret: 'top-secret-but-wrong' }).openConversation(PAIR)),
    ).toMatchObject({
      fault: 'refused',
      status: 401,
      code: 20003,
    });
    expect(ACCOUNT.apiKeySecret).not.toBe('top-secret-but-wrong');
  });
});

describe('a pair that is in a conversation with others', () => {
  test('is refused, since nothing can be said to the recipient alone', async () => {
    const service = serviceOf(simulator);
    const { sid: conversationSid } = await service.conversations.create({});
    const bind = (address: string) =>
      service.conversations(conversationSid).participants.create({
        'messagingBinding.address': address,
        'messagingBinding.proxyAddress': PAIR.sender,
      });
    await bind(PAIR.recipient);
    await service.conversations(conversationSid).participants.create({ identity: 'agent' });
    // Somebody who only chats is no stranger: this is how an agent takes part.
    expect(await gatewayTo(simulator).openConversation(PAIR)).toMatchObject({ conversationSid });

    await bind('+15550100009');
    const error = await failureOf(gatewayTo(simulator).openConversation(PAIR));
    expect(error).toBeInstanceOf(SharedPairError);
    expect(error.fault).toBe('refused');
  });
});
