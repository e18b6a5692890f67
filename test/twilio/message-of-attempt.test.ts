import { parseSid } from '../../src/domain/sid';
import { type FaultInput } from '../../src/simulator/faults/fault';
import { type Simulator } from '../../src/simulator/start-simulator';
import { type OpenConversation, type TwilioGateway } from '../../src/twilio/gateway';
import { bodyOf, startHttpServer, unusedPort } from './local-server';
import { failureOf, gatewayTo, KEY, PAIR, serviceOf, startTwilio, TEXT } from './simulated-twilio';

let simulator: Simulator;
let gateway: TwilioGateway;
let opened: OpenConversation;

beforeAll(async () => {
  simulator = await startTwilio();
});
beforeEach(async () => {
  simulator.control.reset();
  gateway = gatewayTo(simulator);
  opened = await gateway.openConversation(PAIR);
});
afterAll(() => simulator.stop());

const messages = () => simulator.control.snapshot().conversations.flatMap((conversation) => conversation.messages);
const befall = (operation: FaultInput['operation'], when: FaultInput['when'], effect: FaultInput['effect']) =>
  simulator.control.addFault({ operation, requests: 1, when, effect });

describe('createMessage', () => {
  test('posts the text with the key in its Attributes', async () => {
    const messageSid = await gateway.createMessage(opened.conversationSid, KEY, TEXT);
    expect(messages()).toMatchObject([
      { messageSid, body: TEXT.body, attributes: '{"posthorn":{"messageId":"msg_1","attempt":1}}' },
    ]);
  });

  test('sends template, variables and media, and asks for the webhook', async () => {
    const seen: { webhookEnabled: unknown; form: object }[] = [];
    const server = await startHttpServer((request, response) => {
      void bodyOf(request).then((body) => {
        const form = Object.fromEntries(new URLSearchParams(body));
        seen.push({ webhookEnabled: request.headers['x-twilio-webhook-enabled'], form });
        response.writeHead(201, { 'content-type': 'application/json' }).end(`{"sid":"IM${'1'.repeat(32)}"}`);
      });
    });
    const there = gatewayTo({ url: `http://127.0.0.1:${server.port}` });
    const contentSid = parseSid(`HX${'2'.repeat(32)}`, 'HX');
    const mediaSid = parseSid(`ME${'3'.repeat(32)}`, 'ME');
    await there.createMessage(opened.conversationSid, KEY, { template: { contentSid, variables: { 1: 'Ada' } } });
    await there.createMessage(opened.conversationSid, KEY, { body: 'look', mediaSid });
    await server.close();
    const Attributes = '{"posthorn":{"messageId":"msg_1","attempt":1}}';
    expect(seen).toEqual([
      { webhookEnabled: 'true', form: { ContentSid: contentSid, ContentVariables: '{"1":"Ada"}', Attributes } },
      { webhookEnabled: 'true', form: { Body: 'look', MediaSid: mediaSid, Attributes } },
    ]);
  });

  test('tells a closed conversation, and another one then takes the message', async () => {
    await serviceOf(simulator).conversations(opened.conversationSid).update({ state: 'closed' });
    const error = await failureOf(gateway.createMessage(opened.conversationSid, KEY, TEXT));
    expect(error).toMatchObject({ fault: 'refused', code: 50377 });
    const next = await gateway.openConversation(PAIR, opened.conversationSid);
    await gateway.createMessage(next.conversationSid, KEY, TEXT);
    expect(messages()).toMatchObject([{ conversationSid: next.conversationSid }]);
  });

  test('tells a deleted conversation, and another one then takes the message', async () => {
    await serviceOf(simulator).conversations(opened.conversationSid).remove();
    const error = await failureOf(gateway.createMessage(opened.conversationSid, KEY, TEXT));
    expect(error.fault).toBe('refused');
    expect([20404, 50350]).toContain(error.code);
    const next = await gateway.openConversation(PAIR, opened.conversationSid);
    await gateway.createMessage(next.conversationSid, KEY, TEXT);
    expect(messages()).toMatchObject([{ conversationSid: next.conversationSid }]);
  });

  test('tells too many requests with the time to wait; nothing was created', async () => {
    befall('messages.create', 'before', { kind: 'respond', status: 429, code: 20429, retryAfterSeconds: 2 });
    const error = await failureOf(gateway.createMessage(opened.conversationSid, KEY, TEXT));
    expect(error).toMatchObject({ fault: 'rate_limited', status: 429, code: 20429, retryAfterMs: 2000 });
    expect(messages()).toEqual([]);
  });

  test('tells that nobody was there', async () => {
    const nowhere = gatewayTo({ url: `http://127.0.0.1:${await unusedPort()}` });
    expect(await failureOf(nowhere.createMessage(opened.conversationSid, KEY, TEXT))).toMatchObject({
      fault: 'unreachable',
    });
  });

  test('a refusal that quotes the address keeps it to itself', async () => {
    const message = `The number ${PAIR.recipient} said: see +15550100001`;
    befall('messages.create', 'before', { kind: 'respond', status: 400, code: 50407, message });
    const error = await failureOf(gateway.createMessage(opened.conversationSid, KEY, TEXT));
    expect(error.message).toBe('Twilio create message: refused (error 50407)');
    expect(error.cause).toMatchObject({ message: 'The number [number] said: see [number]' });
  });
});

describe('an ambiguous create', () => {
  const troubles: readonly (readonly [string, FaultInput['effect']])[] = [
    ['a 503', { kind: 'respond', status: 503, code: 20503 }],
    ['a 500 without a time to wait', { kind: 'respond', status: 500, code: 20500 }],
    ['a reset', { kind: 'reset' }],
    ['an answer that never comes', { kind: 'hang' }],
  ];
  const cases = troubles.flatMap(([name, effect]) => [
    [name, 'before', effect] as const,
    [name, 'after', effect] as const,
  ]);

  test.each(cases)('by %s %s the message was taken: findMessage tells the truth', async (_name, when, effect) => {
    const hasty = gatewayTo(simulator, { requestTimeoutMs: 250 });
    befall('messages.create', when, effect);
    const startedAt = new Date();
    const error = await failureOf(hasty.createMessage(opened.conversationSid, KEY, TEXT));
    expect(error).toMatchObject({ fault: 'ambiguous', operation: 'create message' });
    const taken = messages()[0]?.messageSid;
    expect(taken === undefined).toBe(when === 'before');
    expect(await gateway.findMessage(opened.conversationSid, KEY, startedAt)).toBe(taken);
    expect(await gateway.findMessage(opened.conversationSid, { ...KEY, attempt: 2 }, startedAt)).toBeUndefined();
  });
});

describe('findMessage', () => {
  const fill = async (count: number) => {
    const conversation = serviceOf(simulator).conversations(opened.conversationSid);
    for (let done = 0; done < count; done += 50) {
      await Promise.all(Array.from({ length: 50 }, () => conversation.messages.create({ body: 'other' })));
    }
  };
  const lists = () => simulator.control.requests().filter(({ operation }) => operation === 'messages.list').length;

  test('does not see what the list does not show yet, and finds it later', async () => {
    simulator.control.scriptAddress({
      address: PAIR.recipient,
      scripts: [{ messages: 1, script: { steps: [], listLagMs: 150 } }],
    });
    const messageSid = await gateway.createMessage(opened.conversationSid, KEY, TEXT);
    expect(await gateway.findMessage(opened.conversationSid, KEY)).toBeUndefined();
    await simulator.control.whenIdle();
    const deadlineMs = Date.now() + 5_000;
    let found: string | undefined;
    while (found === undefined && Date.now() < deadlineMs) {
      found = await gateway.findMessage(opened.conversationSid, KEY);
    }
    expect(found).toBe(messageSid);
  });

  test('tells attempts and messages apart', async () => {
    const first = await gateway.createMessage(opened.conversationSid, KEY, TEXT);
    const second = await gateway.createMessage(opened.conversationSid, { ...KEY, attempt: 2 }, TEXT);
    expect(await gateway.findMessage(opened.conversationSid, KEY)).toBe(first);
    expect(await gateway.findMessage(opened.conversationSid, { ...KEY, attempt: 2 })).toBe(second);
    expect(await gateway.findMessage(opened.conversationSid, { ...KEY, messageId: 'msg_2' })).toBeUndefined();
  });

  test('goes back as far as the attempt was made, over several pages', async () => {
    const startedAt = new Date();
    const messageSid = await gateway.createMessage(opened.conversationSid, KEY, TEXT);
    await fill(250);
    expect(await gateway.findMessage(opened.conversationSid, KEY)).toBeUndefined();
    expect(lists()).toBe(2);
    expect(await gateway.findMessage(opened.conversationSid, KEY, startedAt)).toBe(messageSid);
    expect(lists()).toBe(5);
  });

  test('does not look at messages from long before the attempt', async () => {
    await fill(250);
    const inAnHour = new Date(Date.now() + 3_600_000);
    expect(await gateway.findMessage(opened.conversationSid, KEY, inAnHour)).toBeUndefined();
    expect(lists()).toBe(1);
  });

  test('fails as ambiguous when more was said since the attempt than it is ready to read', async () => {
    const startedAt = new Date();
    const server = await startHttpServer((_request, response) => {
      const message = { sid: `IM${'1'.repeat(32)}`, attributes: '{}', date_created: startedAt.toISOString() };
      const meta = { key: 'messages', next_page_url: 'https://conversations.twilio.com/v1/next' };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ messages: [message], meta }));
    });
    const endless = gatewayTo({ url: `http://127.0.0.1:${server.port}` });
    const error = await failureOf(endless.findMessage(opened.conversationSid, KEY, startedAt));
    await server.close();
    expect(error).toMatchObject({ fault: 'ambiguous', operation: 'find message' });
  });

  test('fails as unreachable when Twilio gives no answer', async () => {
    befall('messages.list', 'before', { kind: 'reset' });
    expect(await failureOf(gateway.findMessage(opened.conversationSid, KEY))).toMatchObject({ fault: 'unreachable' });
  });
});

describe('readReceipts', () => {
  test('gives none while the message is inside Twilio, then the latest status with its code', async () => {
    const messageSid = await gateway.createMessage(opened.conversationSid, KEY, TEXT);
    const [before] = await gateway.readReceipts(opened.conversationSid, messageSid);
    expect(before).toMatchObject({ messageSid, ...opened });
    expect(before).not.toHaveProperty('status');
    expect(before).not.toHaveProperty('errorCode');
    await simulator.control.updateReceipt({ messageSid, status: 'sent' });
    await simulator.control.updateReceipt({ messageSid, status: 'undelivered', errorCode: 30003 });
    const after = await gateway.readReceipts(opened.conversationSid, messageSid);
    expect(after).toMatchObject([{ messageSid, ...opened, status: 'undelivered', errorCode: 30003 }]);
    expect(after[0]?.updatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(after[0]?.channelMessageSid).toMatch(/^SM[0-9a-f]{32}$/);
  });

  test('of a message that is not there are refused', async () => {
    const unknown = parseSid(`IM${'0'.repeat(32)}`, 'IM');
    expect(await failureOf(gateway.readReceipts(opened.conversationSid, unknown))).toMatchObject({
      fault: 'refused',
      status: 404,
    });
  });
});
