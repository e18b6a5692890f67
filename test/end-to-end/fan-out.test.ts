import { type DeliveryScriptInput } from '../../src/simulator/delivery/delivery-script';
import { deliveredScript, silentScript, undeliveredScript } from '../../src/simulator/delivery/preset-scripts';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { createTwilioRest } from '../faults/support/twilio-rest';
import { type Deployment, startDeployment } from './support/deployment';

jest.setTimeout(120_000);

const PROXY = '+12025550199';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly outcome: {
    readonly kind: string;
    readonly reason: string;
    readonly unreached?: readonly {
      readonly participantSid: string;
      readonly kind: string;
      readonly errorCode: number | null;
    }[];
  } | null;
  readonly parent: { readonly id: string; readonly participantSid: string } | null;
  readonly children: readonly {
    readonly id: string;
    readonly participantSid: string;
    readonly outcome: { readonly kind: string } | null;
  }[];
  readonly corrections: readonly { readonly was: { readonly kind: string }; readonly is: { readonly kind: string } }[];
  readonly attempts: readonly {
    readonly messageSid: string | null;
    readonly status: string;
    readonly participants?: readonly Record<string, unknown>[];
  }[];
  readonly timeline: readonly { readonly kind: string; readonly participantSid?: string }[];
}

let deployment: Deployment;
let strangers = 0;
beforeAll(async () => {
  deployment = await startDeployment({
    variables: { POSTHORN_SWEEP_INTERVAL: '1s', POSTHORN_RECEIPT_QUIET_AFTER: '1s' },
  });
});
afterAll(() => expectNoViolations(deployment.evidence));
afterAll(() => deployment.stop());

/** Somebody on WhatsApp whom nobody has written to yet; the script says what becomes of messages to them there. */
async function join(conversationSid: string, script?: DeliveryScriptInput) {
  strangers += 1;
  const address = `+1202555${String(100 + strangers).padStart(4, '0')}`;
  if (script !== undefined) {
    deployment.simulator.control.scriptAddress({
      address: `whatsapp:${address}`,
      scripts: [{ messages: 'all', script }],
    });
  }
  const participantSid = await createTwilioRest(deployment).post(`/Conversations/${conversationSid}/Participants`, {
    'MessagingBinding.Address': `whatsapp:${address}`,
    'MessagingBinding.ProxyAddress': `whatsapp:${PROXY}`,
  });
  return { address, participantSid };
}

/** A conversation with somebody for each script, and with somebody who only chats. */
async function conversationOf(...scripts: (DeliveryScriptInput | undefined)[]) {
  const rest = createTwilioRest(deployment);
  const conversationSid = await rest.post('/Conversations', {});
  await rest.post(`/Conversations/${conversationSid}/Participants`, { Identity: 'agent' });
  const people = [];
  for (const script of scripts) {
    people.push(await join(conversationSid, script));
  }
  return { conversationSid, people };
}

async function send(conversationSid: string, policy: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const answer = await deployment.api.request('POST', '/v1/messages', {
    conversationSid,
    body: 'Dinner is at eight.',
    policy,
  });
  expect(answer.status).toBe(202);
  return answer.body.id;
}

const closed = async (messageId: string): Promise<Shown> => (await deployment.closed(messageId)) as unknown as Shown;

const show = async (messageId: string): Promise<Shown> =>
  (await deployment.api.request('GET', `/v1/messages/${messageId}`)).body as unknown as Shown;

async function optedOut(address: string): Promise<boolean> {
  const { body } = await deployment.api.request('GET', `/v1/opt-outs/${encodeURIComponent(address)}`);
  return (body as unknown as { optedOut: boolean }).optedOut;
}

/** The texts in a conversation. */
function postedIn(conversationSid: string, address: string): number {
  const { conversations } = deployment.simulator.control.snapshot({ address: `whatsapp:${address}` });
  return conversations.filter((one) => one.conversationSid === conversationSid).flatMap(({ messages }) => messages)
    .length;
}

const bySms = { escalation: [{ channel: 'sms' }] };

it('is delivered when all participants have it, posted once', async () => {
  const { conversationSid, people } = await conversationOf(undefined, undefined, undefined);
  const message = await closed(await send(conversationSid));
  expect(message).toMatchObject({ outcome: { kind: 'delivered', unreached: [] }, children: [], parent: null });
  expect(message.attempts).toHaveLength(1);
  expect(message.attempts[0]?.participants?.map(({ status }) => status)).toEqual([
    'delivered',
    'delivered',
    'delivered',
  ]);
  expect(postedIn(conversationSid, people[0]?.address ?? '')).toBe(1);
});

it('sends a message of its own by sms to the one who was not reached', async () => {
  const { conversationSid, people } = await conversationOf(undefined, undeliveredScript(63024, 0), undefined);
  const message = await closed(await send(conversationSid, bySms));
  const lost = people[1];
  expect(message).toMatchObject({
    outcome: { kind: 'delivered', unreached: [] },
    children: [{ participantSid: lost?.participantSid, outcome: { kind: 'delivered' } }],
  });
  const child = await show(message.children[0]?.id ?? '');
  expect(child).toMatchObject({
    parent: { id: message.id, participantSid: lost?.participantSid },
    attempts: [{ status: 'delivered' }],
  });
  expect(postedIn(conversationSid, lost?.address ?? '')).toBe(1);
  const { conversations } = deployment.simulator.control.snapshot({ address: lost?.address ?? '' });
  expect(conversations.flatMap(({ messages }) => messages)).toHaveLength(1);
});

it('sends nothing at all while one has opted out, unless the policy says so', async () => {
  const { conversationSid, people } = await conversationOf(undefined, undeliveredScript(63014, 0), undefined);
  const gone = people[1];
  await deployment.api.request('PUT', `/v1/opt-outs/${encodeURIComponent(gone?.address ?? '')}`, {});

  const held = await closed(await send(conversationSid, bySms));
  expect(held.outcome).toMatchObject({
    kind: 'opted_out',
    reason: expect.stringContaining('1 of 3 participants has opted out') as string,
  });
  expect(postedIn(conversationSid, gone?.address ?? '')).toBe(0);
  expect(held.timeline).toContainEqual(
    expect.objectContaining({ kind: 'participant_opted_out', participantSid: gone?.participantSid }),
  );

  const sent = await closed(await send(conversationSid, { ...bySms, onOptedOutParticipant: 'send' }));
  expect(sent).toMatchObject({
    outcome: { kind: 'partly_delivered', unreached: [{ participantSid: gone?.participantSid, kind: 'opted_out' }] },
    children: [],
  });
  expect(sent.attempts[0]?.participants?.filter((one) => one['optedOut'] === true)).toHaveLength(1);
});

it('marks the opt-out of just the one whose receipt tells of it', async () => {
  const { conversationSid, people } = await conversationOf(undefined, undeliveredScript(21610, 0), undefined);
  const message = await closed(await send(conversationSid, bySms));
  expect(message.outcome).toMatchObject({
    kind: 'partly_delivered',
    unreached: [{ participantSid: people[1]?.participantSid, kind: 'opted_out', errorCode: 21610 }],
  });
  expect(message.children).toEqual([]);
  expect(await Promise.all(people.map(({ address }) => optedOut(address)))).toEqual([false, true, false]);
});

it('finds out about the one whose webhook was lost', async () => {
  const dropped = { ...deliveredScript(0, 10), webhooks: { drop: true } };
  const { conversationSid } = await conversationOf(undefined, dropped, undefined);
  const message = await closed(await send(conversationSid, { deliveryTimeout: '15s' }));
  expect(message.outcome).toMatchObject({ kind: 'delivered' });
});

it('corrects a partial delivery when a receipt comes late', async () => {
  const { conversationSid, people } = await conversationOf(undefined, silentScript(0), silentScript(0));
  const messageId = await send(conversationSid, { deliveryTimeout: '1s' });
  const unreached = people
    .slice(1)
    .map(({ participantSid }) => ({ participantSid, kind: 'unconfirmed', errorCode: null }));
  const before = await closed(messageId);
  expect(before.outcome).toMatchObject({
    kind: 'partly_delivered',
    unreached: unreached.sort((a, b) => (a.participantSid < b.participantSid ? -1 : 1)),
  });
  await deployment.simulator.control.updateReceipt({
    messageSid: before.attempts[0]?.messageSid ?? '',
    participantSid: people[1]?.participantSid ?? '',
    status: 'delivered',
  });
  const after = await until('the correction', async () => {
    const shown = await show(messageId);
    return shown.corrections.length > 0 ? shown : undefined;
  });
  expect(after.outcome).toMatchObject({
    kind: 'partly_delivered',
    unreached: [{ participantSid: people[2]?.participantSid, kind: 'unconfirmed' }],
  });
});

it.each([
  ['is empty', async () => (await conversationOf()).conversationSid, 'nobody in the conversation has an address'],
  ['does not exist', () => Promise.resolve(`CH${'0'.repeat(32)}`), 'there is no such conversation'],
  [
    'is closed',
    async () => {
      const { conversationSid } = await conversationOf(undefined);
      await createTwilioRest(deployment).post(`/Conversations/${conversationSid}`, { State: 'closed' });
      return conversationSid;
    },
    'the conversation is closed',
  ],
])('ends at once when the conversation %s', async (_, find, reason) => {
  const message = await closed(await send(await find(), bySms));
  expect(message.outcome).toMatchObject({ kind: 'undeliverable', reason: expect.stringContaining(reason) as string });
});
