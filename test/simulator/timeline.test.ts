import { type CallScriptInput } from '../../src/simulator/calls/call-script';
import { type TimelineRow } from '../../src/simulator/control/timeline-row';
import { until } from '../support/until';
import { PERSON, SENDER } from './support/identifiers';
import { scriptCall } from './support/use-calls';
import { useSimulator } from './support/use-simulator';
import { useWebhookReceiver } from './support/use-webhook-receiver';

const fixture = useSimulator();
const receiver = useWebhookReceiver();
const control = () => fixture.simulator().control;

const MENU =
  '<Response><Gather numDigits="1" timeout="3" action="/key"><Say>Press 1</Say></Gather><Say>Goodbye</Say></Response>';

let conversationSid: string;
beforeEach(async () => {
  receiver.answerAt('/speech', MENU);
  receiver.answerAt('/key', '<Response><Say>Thank you</Say></Response>');
  conversationSid = await fixture.conversationWith(PERSON, SENDER);
});

const write = (body: string) => fixture.service().conversations(conversationSid).messages.create({ body });
async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  await until('a later millisecond', () => Date.now() > now);
}

/** Not in the same millisecond as what was before, nor as what comes next: within one nobody can tell the order. */
async function reply(body: string): Promise<void> {
  await nextMillisecond();
  control().receiveInbound({ from: PERSON, to: SENDER, body });
  await nextMillisecond();
}

/** Places a call whose URLs name the conversation. */
async function call(fate: CallScriptInput['fate'], rest: Partial<CallScriptInput> = {}): Promise<string> {
  scriptCall(control(), fate, rest);
  const url = `${receiver.origin()}/speech?conversationSid=${conversationSid}`;
  const detection = {
    machineDetection: 'Enable',
    asyncAmd: 'true',
    asyncAmdStatusCallback: `${receiver.origin()}/amd`,
  };
  const { sid: callSid } = await fixture.client().calls.create({ to: PERSON, from: SENDER, url, ...detection });
  return callSid;
}

async function timeline(): Promise<TimelineRow[]> {
  await control().whenIdle();
  const answer = await fetch(`${fixture.simulator().url}/_simulator/timeline?conversationSid=${conversationSid}`);
  return ((await answer.json()) as { timeline: TimelineRow[] }).timeline;
}

const words = (rows: readonly TimelineRow[]): string[] => rows.map(({ kind, text }) => `${kind} ${text}`.trim());

test('a conversation and its call stand in one timeline, in the order in which they happened', async () => {
  const { sid: messageSid } = await write('The cold store is at 9 degrees.');
  const callSid = await call({ kind: 'human', keys: ['1'] });
  await control().whenIdle();
  await reply('On my way');

  const rows = await timeline();
  expect(words(rows).map((row) => row.replace(/after \d+ s$/, 'after … s'))).toEqual([
    'outbound The cold store is at 9 degrees.',
    'placed',
    'dialled',
    'ringing',
    'answered',
    'detected human',
    'said Press 1',
    'pressed 1',
    'said Thank you',
    'ended completed after … s',
    'inbound On my way',
  ]);
  expect(rows[0]).toMatchObject({ messageSid, callSid: null });
  expect(rows.slice(1, -1).every((row) => row.callSid === callSid && row.messageSid === null)).toBe(true);
  expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).toSorted());
});

test.each<[string, CallScriptInput['fate'], string[]]>([
  ['busy', { kind: 'busy' }, ['placed', 'dialled', 'ended busy']],
  ['nobody', { kind: 'no-answer' }, ['placed', 'dialled', 'ringing', 'ended no-answer']],
  ['failed', { kind: 'failed' }, ['placed', 'dialled', 'ended failed']],
])('%s', async (_, fate, expected) => {
  await call(fate);
  expect(words(await timeline())).toEqual(expected);
});

test('a machine is told from a person, and presses nothing', async () => {
  await call({ kind: 'machine' });
  const rows = words(await timeline());
  expect(rows).toContain('detected machine_start');
  expect(rows.filter((row) => row.startsWith('pressed'))).toEqual([]);
  expect(rows.at(-1)).toMatch(/^ended completed after \d+ s$/);
});

test('somebody who hangs up cuts it short', async () => {
  await call({ kind: 'human', hangUpAfterMs: 1 }, { secondMs: 1000 });
  const rows = words(await timeline());
  expect(rows).toContain('answered');
  expect(rows).not.toContain('said Goodbye');
  expect(rows.at(-1)).toMatch(/^ended completed after \d+ s$/);
});

test('what is written while the phone rings stands between', async () => {
  const callSid = await call({ kind: 'human' }, { ringMs: 60_000, secondMs: 1000 });
  await until('the phone to ring', () => control().calls({ callSid })[0]?.status === 'ringing');
  await reply('I cannot talk');
  await fixture.client().calls(callSid).update({ status: 'canceled' });
  expect(words(await timeline())).toEqual(['placed', 'dialled', 'ringing', 'inbound I cannot talk', 'ended canceled']);
});

test('a call of another conversation, or of none, is not in it', async () => {
  await write('Hello');
  scriptCall(control(), { kind: 'busy' });
  await fixture.client().calls.create({ to: PERSON, from: SENDER, twiml: '<Response/>' });
  expect(words(await timeline())).toEqual(['outbound Hello']);
});

test('the page shows the same in the same order', async () => {
  await write('The cold store is at 9 degrees.');
  const callSid = await call({ kind: 'human', keys: ['1'] });
  await control().whenIdle();
  await reply('On my way');
  await control().whenIdle();

  const html = await (await fetch(fixture.simulator().url)).text();
  const card = html.slice(html.indexOf('<article'), html.indexOf('</article>')).replace(/<[^>]*>|\s+/g, ' ');
  const places = ['at 9 degrees', callSid, 'Ringing', 'Answered', 'Taken by', 'Pressed', 'Ended:', 'On my way'].map(
    (text) => card.indexOf(text),
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((left, right) => left - right));
});

test('a conversation that is not there is answered with the field and the remedy', async () => {
  const answer = await fetch(`${fixture.simulator().url}/_simulator/timeline?conversationSid=CH0`);
  expect(answer.status).toBe(404);
  expect(JSON.stringify(await answer.json())).toMatch(/conversationSid: there is no such conversation/);
});
