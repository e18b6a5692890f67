import { PERSON, SENDER } from './support/identifiers';
import { useSimulator } from './support/use-simulator';

const fixture = useSimulator();

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function call(method: string, path: string, json?: unknown): Promise<Answer> {
  const answer = await fetch(`${fixture.simulator().url}/_simulator${path}`, {
    method,
    ...(json === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

const UNDELIVERED = { steps: [{ status: 'sent' }, { status: 'undelivered', errorCode: 30008 }] };

test('is healthy', async () => {
  expect(await call('GET', '/health')).toEqual({ status: 200, body: { status: 'ok' } });
});

test('sets scripts, shows what is left of them, and takes them away', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const script = { address: PERSON, scripts: [{ messages: 2, script: UNDELIVERED }] };

  expect((await call('POST', '/scripts', script)).status).toBe(200);
  await fixture.service().conversations(conversationSid).messages.create({ body: 'hello' });

  expect((await call('GET', '/scripts')).body).toMatchObject({
    addresses: [{ address: PERSON, scripts: [{ messages: 1, script: UNDELIVERED }] }],
  });
  expect((await call('DELETE', '/scripts')).status).toBe(204);
  expect((await call('GET', '/scripts')).body).toMatchObject({ addresses: [] });
});

test('changes the default script', async () => {
  await call('PUT', '/default-script', { steps: [{ status: 'read', delayMs: 5 }] });

  expect((await call('GET', '/scripts')).body).toMatchObject({
    defaultScript: { steps: [{ status: 'read', delayMs: 5, beforeAnswer: false }] },
  });
});

test('places, lists and removes faults', async () => {
  const fault = {
    operation: 'messages.create',
    address: PERSON,
    requests: 3,
    when: 'after',
    effect: { kind: 'reset' },
  };

  const placed = await call('POST', '/faults', fault);

  expect(placed).toMatchObject({ status: 201, body: { faultId: 1, remaining: 3, fault } });
  expect((await call('GET', '/faults')).body).toMatchObject({ faults: [{ faultId: 1 }] });
  expect((await call('DELETE', '/faults/1')).status).toBe(204);
  expect(await call('DELETE', '/faults/1')).toMatchObject({ status: 404 });
});

test('plays an inbound message and shows it in the state and in the events', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);

  const inbound = await call('POST', '/inbound', { from: PERSON, to: SENDER, body: 'STOP' });

  expect(inbound).toMatchObject({ status: 201, body: { conversationSid, optOut: 'stop' } });
  expect((await call('GET', `/state?address=${encodeURIComponent(PERSON)}`)).body).toMatchObject({
    conversations: [{ conversationSid, messages: [{ body: 'STOP', author: PERSON, source: 'SMS' }] }],
    optedOutPairs: [`${PERSON} ${SENDER}`],
  });
  expect((await call('GET', '/state?address=nobody')).body).toMatchObject({ conversations: [] });
  expect((await call('GET', '/events?since=2')).body).toMatchObject({
    events: [{ sequence: 3, kind: 'opt_out.recorded' }, { kind: 'message.received' }],
  });
});

test('changes a receipt by hand', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const { sid: messageSid } = await fixture.service().conversations(conversationSid).messages.create({ body: 'hello' });
  await fixture.simulator().control.whenIdle();

  const changed = await call('POST', '/receipts', { messageSid, status: 'failed', errorCode: 30005 });

  expect(changed).toMatchObject({ status: 200, body: { messageSid, status: 'failed', errorCode: 30005 } });
});

test('logs requests, newest ones when limited', async () => {
  await fixture.conversationWith(PERSON, SENDER);

  expect((await call('GET', '/requests?limit=1')).body).toMatchObject({
    requests: [{ sequence: 2, operation: 'participants.create', status: 201 }],
  });
});

test('a reset forgets the traffic, the scripts, the faults and the logs, but not the configuration', async () => {
  const { webhooks } = fixture.service().configuration;
  await webhooks().update({ postWebhookUrl: 'http://127.0.0.1:1/hook', filters: ['onMessageAdded'] });
  await fixture.conversationWith(PERSON, SENDER);
  await call('POST', '/inbound', { from: PERSON, to: SENDER, body: 'STOP' });
  await call('POST', '/faults', { operation: '*', requests: 'all', when: 'before', effect: { kind: 'hang' } });

  expect((await call('POST', '/reset')).status).toBe(204);

  expect((await call('GET', '/state')).body).toEqual({ conversations: [], optedOutPairs: [] });
  expect((await call('GET', '/faults')).body).toEqual({ faults: [] });
  expect((await call('GET', '/requests')).body).toEqual({ requests: [] });
  expect((await webhooks().fetch()).postWebhookUrl).toBe('http://127.0.0.1:1/hook');
});

test.each([
  ['/scripts', { scripts: [] }, 'address: Invalid input: expected string, received undefined'],
  [
    '/scripts',
    { address: PERSON, scripts: [{ messages: 1, script: { steps: [{ status: 'queued' }] } }] },
    'scripts[0].script.steps[0].status: Invalid option',
  ],
  [
    '/scripts',
    {
      address: PERSON,
      scripts: [
        { messages: 'all', script: UNDELIVERED },
        { messages: 1, script: UNDELIVERED },
      ],
    },
    'scripts: only the last script can be for "all" messages',
  ],
  [
    '/scripts',
    { address: PERSON, scripts: [{ messages: 1, script: { steps: [{ status: 'sent', errorCode: 1 }] } }] },
    'scripts[0].script.steps[0].errorCode: only failed and undelivered have an error code; leave it out',
  ],
  ['/faults', { operation: 'messages.send', requests: 1, when: 'before', effect: { kind: 'reset' } }, 'operation: '],
  ['/inbound', { from: PERSON, to: SENDER, body: 'hi' }, 'from, to: no open conversation'],
  ['/inbound', { from: PERSON, to: SENDER, text: 'hi' }, 'Unrecognized key: "text"'],
  ['/receipts', { messageSid: 'IM0', status: 'read' }, 'messageSid: there is no such message'],
])('%s says what is wrong with %j', async (path, json, sentence) => {
  const answer = await call('POST', path, json);

  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect((answer.body as { error: string }).error).toContain(sentence);
});

test.each(['/events?since=-1', '/webhooks?limit=many'])('%s is refused', async (path) => {
  expect(await call('GET', path)).toMatchObject({ status: 400 });
});

test('takes JSON only, so that no page of another origin can use it', async () => {
  const answer = await fetch(`${fixture.simulator().url}/_simulator/faults`, { method: 'POST', body: '{}' });

  expect(answer.status).toBe(415);
  expect(await answer.json()).toEqual({ error: 'Content-Type: send the body as application/json' });
});
