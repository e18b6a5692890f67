import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readLog } from '../../src/checker/read-log';
import { addressHash } from '../../src/simulator/logs/address-hash';
import { OTHER_PERSON, PERSON, SENDER } from './support/identifiers';
import { refusalOf } from './support/refusal-of';
import { scriptCall } from './support/use-calls';
import { useSimulator } from './support/use-simulator';

let folder: string;
let logFile: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'posthorn-calls-'));
  logFile = path.join(folder, 'simulator.jsonl');
});
const fixture = useSimulator(() => ({ logFile, defaultCallScript: { fate: { kind: 'human' }, secondMs: 1 } }));
afterEach(() => rmSync(folder, { recursive: true }));

const control = () => fixture.simulator().control;
const SPEECH = 'Your parcel is at the door';
const twiml = `<Response><Gather action="http://127.0.0.1:9/"><Say>${SPEECH}</Say></Gather></Response>`;
const create = (to = PERSON, query = '', timeoutMs?: number) =>
  fixture.client(timeoutMs).calls.create({ to, from: SENDER, twiml, statusCallback: `http://127.0.0.1:9/${query}` });

test.each([
  ['too many requests', { kind: 'respond', status: 429, code: 20429 }, 'before', 0],
  ['an error before it was carried out', { kind: 'respond', status: 500, code: 20500 }, 'before', 0],
  ['an error after it was carried out', { kind: 'respond', status: 503, code: 20503 }, 'after', 1],
] as const)('a create can meet with %s', async (_, effect, when, placed) => {
  control().addFault({ operation: 'calls.create', address: PERSON, requests: 1, when, effect });
  expect((await refusalOf(create())).code).toBe(effect.code);
  expect(control().calls({ to: PERSON })).toHaveLength(placed);
  expect((await create()).status).toBe('queued');
});

test('the answer to a create can be lost, to one number alone', async () => {
  control().addFault({
    operation: 'calls.create',
    address: PERSON,
    requests: 1,
    when: 'after',
    effect: { kind: 'reset' },
  });
  await expect(create(OTHER_PERSON)).resolves.toMatchObject({ status: 'queued' });
  await expect(create(PERSON)).rejects.toThrow();
  expect(await fixture.client().calls.list({ to: PERSON, from: SENDER })).toHaveLength(1);
});

test('faults find calls by their number when they are fetched and updated', async () => {
  const { sid: callSid } = await create();
  const effect = { kind: 'respond', status: 500, code: 20500 } as const;
  for (const operation of ['calls.fetch', 'calls.update', 'calls.list'] as const) {
    control().addFault({ operation, address: PERSON, requests: 1, when: 'before', effect });
  }
  const { calls } = fixture.client();
  expect((await refusalOf(calls(callSid).fetch())).code).toBe(20500);
  expect((await refusalOf(calls(callSid).update({ status: 'canceled' }))).code).toBe(20500);
  expect((await refusalOf(calls.list({ to: PERSON }))).code).toBe(20500);
});

test('the log file tells a call from its acceptance to its end, without number and without what was said', async () => {
  scriptCall(control(), { kind: 'human', keys: ['1234'] });
  const { sid: callSid } = await create(PERSON, '?messageId=msg_1&attempt=2');
  await control().whenIdle();
  const entries = (await readLog(logFile)).filter((entry) => 'callSid' in entry && entry.callSid === callSid);
  expect(entries).toMatchObject([
    {
      kind: 'call.accepted',
      callbackQuery: 'messageId=msg_1&attempt=2',
      address: addressHash(PERSON),
      proxyAddress: addressHash(SENDER),
    },
    { kind: 'call.status_changed', status: 'initiated' },
    { kind: 'call.status_changed', status: 'ringing' },
    { kind: 'call.status_changed', status: 'in-progress' },
    { kind: 'call.keys_pressed' },
    { kind: 'call.told', eventType: 'call.twiml', httpStatus: null },
    { kind: 'call.ended', status: 'completed', sipResponseCode: 200 },
    { kind: 'call.told', eventType: 'call.status', status: 'completed', sequenceNumber: 0 },
  ]);
  const text = readFileSync(logFile, 'utf8');
  expect(entries[0]).not.toHaveProperty('channel');
  for (const secret of [PERSON, SENDER, SPEECH, '1234']) {
    expect(text).not.toContain(secret);
  }
});

test('the inspector shows a call in the timeline of its conversation, by SID or by key, and others apart', async () => {
  const conversationSid = await fixture.conversationWith();
  const attributes = JSON.stringify({ posthorn: { messageId: 'msg_of_this_person', attempt: 1 } });
  await fixture.service().conversations(conversationSid).messages.create({ body: 'first', attributes });
  scriptCall(control(), { kind: 'human' });
  const bySid = await create(PERSON, `?conversationSid=${conversationSid}`);
  const byKey = await create(PERSON, '?messageId=msg_of_this_person');
  const apart = await create(OTHER_PERSON, '?messageId=msg_of_nobody_here');
  await control().whenIdle();
  const tied = control()
    .calls({ conversationSid })
    .map(({ callSid }) => callSid);
  expect(tied).toEqual([bySid.sid, byKey.sid]);

  const page = await (await fetch(fixture.simulator().url)).text();
  const places = ['first', bySid.sid, byKey.sid, 'id="h-calls"', apart.sid].map((text) => page.indexOf(text));
  expect(places).toEqual(places.toSorted((left, right) => left - right));
  expect(places).not.toContain(-1);
  expect(page).toContain(SPEECH);
});

test('the control API scripts calls and shows them', async () => {
  const api = `${fixture.simulator().url}/_simulator`;
  const send = async (method: string, name: string, body: object): Promise<Response> =>
    fetch(`${api}/${name}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const busy = { to: PERSON, scripts: [{ calls: 1, script: { fate: { kind: 'busy' } } }] };
  expect((await send('POST', 'call-scripts', busy)).status).toBe(200);
  expect((await send('PUT', 'default-call-script', { fate: { kind: 'failed' } })).status).toBe(200);
  expect(await (await fetch(`${api}/call-scripts`)).json()).toMatchObject({ numbers: [{ to: PERSON }] });
  await create();
  await create();
  await control().whenIdle();
  const { calls } = (await (await fetch(`${api}/calls?to=${encodeURIComponent(PERSON)}`)).json()) as {
    calls: { status: string }[];
  };
  expect(calls.map(({ status }) => status)).toEqual(['busy', 'failed']);
  expect((await send('POST', 'call-scripts', { to: PERSON, scripts: [] })).status).toBe(400);
});
