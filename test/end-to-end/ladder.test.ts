import { Client } from 'pg';
import { chooseSender } from '../../src/domain/sender';
import { failedScript, undeliveredScript } from '../../src/simulator/delivery/preset-scripts';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';

jest.setTimeout(240_000);

const POOL = ['+12025550110', '+12025550111', '+12025550112'];
const [WHATSAPP_SENDER, CALLER] = ['+12025550120', '+12025550121'];
const TEMPLATE = { sid: `HX${'a'.repeat(32)}`, variables: { '1': 'Ann' } };
const DAY_MS = 86_400_000;

let deployment: Deployment;
let database: Client;
beforeAll(async () => {
  deployment = await startDeployment({
    variables: {
      TWILIO_FROM: '',
      POSTHORN_SENDERS: `sms:US=${POOL.join(',')};whatsapp:*=${WHATSAPP_SENDER};voice:*=${CALLER}`,
    },
    simulator: { whatsAppWindowMs: DAY_MS },
  });
  database = new Client(deployment.evidence.databaseUrl);
  await database.connect();
});
afterAll(async () => {
  await expectNoViolations(deployment.evidence);
  await database.end();
  await deployment.stop();
});

async function sent(request: object) {
  const { body } = await deployment.api.request('POST', '/v1/messages', { category: 'security', ...request });
  const { attempts, outcome } = await deployment.closed(body.id);
  return { attempts, outcome };
}

/** What Twilio was given for an address, oldest first. */
const messagesTo = (address: string) =>
  deployment.simulator.control.snapshot({ address }).conversations.flatMap(({ messages, participants }) =>
    messages
      .filter(({ source }) => source === 'API')
      .map(({ body, contentSid, receipts }) => ({
        said: contentSid ?? body,
        sender: participants.find(({ binding }) => binding?.address === address)?.binding?.proxyAddress,
        errorCode: receipts[0]?.errorCode ?? null,
      })),
  );

const script = (address: string, scripted: ReturnType<typeof failedScript>): void =>
  deployment.simulator.control.scriptAddress({ address, scripts: [{ messages: 'all', script: scripted }] });

async function say(from: string, to: string, body: string): Promise<void> {
  deployment.simulator.control.receiveInbound({ from, to, body });
  await deployment.simulator.control.whenIdle();
}

/** Makes posthorn believe that the person last wrote so long ago. */
const heardBefore = (recipient: string, hours: number) =>
  database.query(`update conversations set last_inbound_at = now() - make_interval(hours => $2) where recipient = $1`, [
    recipient,
    hours,
  ]);

describe('the window of WhatsApp', () => {
  const person = '+12025550131';
  const address = `whatsapp:${person}`;
  const toSms = { channel: 'sms', when: 'outside_window' };
  const quick = { deliveryTimeout: '30s', maxAttempts: 1 };

  it('is learnt from Twilio while nobody has heard of it, and the text goes to another channel', async () => {
    const { outcome } = await sent({ to: address, body: 'one', policy: { ...quick, escalation: [toSms] } });
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 2 });
    expect(messagesTo(address)).toMatchObject([{ said: 'one', errorCode: 63016 }]);
    expect(messagesTo(person)).toMatchObject([{ said: 'one', errorCode: null }]);
  });

  it('is opened by a message of the person', async () => {
    await say(address, `whatsapp:${WHATSAPP_SENDER}`, 'hello');
    const { outcome } = await sent({ to: address, body: 'two', whatsappTemplate: TEMPLATE, policy: quick });
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(messagesTo(address).at(-1)).toMatchObject({ said: 'two', errorCode: null });
  });

  it('that is known to be closed takes the template, and no request is wasted', async () => {
    await heardBefore(person, 25);
    const before = messagesTo(address).length;
    const { outcome } = await sent({ to: address, body: 'three', whatsappTemplate: TEMPLATE, policy: quick });
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(messagesTo(address).slice(before)).toMatchObject([{ said: TEMPLATE.sid, errorCode: null }]);
  });

  it('that is known to be closed takes no text without a template, and Twilio is not even asked', async () => {
    const requests = () => deployment.simulator.control.requests().filter(({ method }) => method === 'POST').length;
    const before = requests();
    const alone = await sent({ to: address, body: 'four', policy: quick });
    expect(alone.outcome).toMatchObject({ kind: 'undeliverable', errorCode: 63016 });
    expect(alone.outcome?.reason).toContain('so nothing was sent: give whatsappTemplate');
    expect(alone.attempts).toMatchObject([{ messageSid: null }]);
    expect(requests()).toBe(before);

    const { outcome } = await sent({ to: address, body: 'five', policy: { ...quick, escalation: [toSms] } });
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 2 });
    expect(messagesTo(person).at(-1)).toMatchObject({ said: 'five' });
  });

  it('that Twilio finds closed all the same takes the template on the same channel', async () => {
    const other = '+12025550132';
    await sent({ to: `whatsapp:${other}`, body: 'six', policy: quick });
    await heardBefore(other, 1);
    const { outcome } = await sent({
      to: `whatsapp:${other}`,
      body: 'seven',
      whatsappTemplate: TEMPLATE,
      policy: quick,
    });
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 2, channel: 'whatsapp' });
    expect(messagesTo(`whatsapp:${other}`)).toMatchObject([
      { said: 'six', errorCode: 63016 },
      { said: 'seven', errorCode: 63016 },
      { said: TEMPLATE.sid, errorCode: null },
    ]);
  });
});

describe('the failing class chooses the step', () => {
  it('a landline is called, and no other text is tried', async () => {
    const to = '+12025550133';
    script(to, undeliveredScript(30006));
    deployment.simulator.control.scriptCalls({
      to,
      scripts: [{ calls: 'all', script: { secondMs: 1, fate: { kind: 'human' } } }],
    });
    const escalation = [
      { channel: 'whatsapp', when: 'timeout' },
      { channel: 'voice', when: ['landline', 'timeout'], ringTimeout: '5s' },
    ];
    const { outcome } = await sent({ to, body: 'It is cold here.', policy: { deliveryTimeout: '30s', escalation } });
    expect(outcome).toMatchObject({ kind: 'delivered', channel: 'voice', attempt: 2 });
    expect(messagesTo(`whatsapp:${to}`)).toEqual([]);
  });

  it('the clock of a step ends a call that still rings, and leads on as a time-out', async () => {
    const [to, next] = ['+12025550135', '+12025550136'];
    script(to, undeliveredScript(30006));
    deployment.simulator.control.scriptCalls({
      to,
      scripts: [{ calls: 'all', script: { ringMs: 600_000, fate: { kind: 'human' } } }],
    });
    const escalation = [
      { channel: 'voice', ringTimeout: '600s', stepTimeout: '1s', maxAttempts: 3 },
      { channel: 'sms', to: next, when: 'failed' },
      { channel: 'sms', to: next, body: 'The cold store does not answer.', when: 'timeout' },
    ];
    const { attempts, outcome } = await sent({ to, body: 'hello', policy: { deliveryTimeout: '30s', escalation } });
    expect(outcome).toMatchObject({ kind: 'delivered', channel: 'sms', attempt: 3 });
    expect(attempts).toHaveLength(3);
    expect(deployment.simulator.control.calls({ to })).toMatchObject([{ status: 'canceled' }]);
    expect(messagesTo(next)).toMatchObject([{ said: 'The cold store does not answer.' }]);
  });

  it('whoever is not on WhatsApp gets an SMS', async () => {
    const to = '+12025550134';
    script(`whatsapp:${to}`, failedScript(63003));
    const escalation = [
      { channel: 'voice', when: 'landline' },
      { channel: 'sms', when: 'not_on_channel' },
    ];
    const { outcome } = await sent({
      to: `whatsapp:${to}`,
      body: 'hello',
      whatsappTemplate: TEMPLATE,
      policy: { deliveryTimeout: '30s', escalation },
    });
    expect(outcome).toMatchObject({ kind: 'delivered', channel: 'sms', attempt: 2 });
  });
});

describe('a block on WhatsApp', () => {
  const asked = { channel: 'sms', when: 'blocked' };
  const sendTo = (to: string, ...escalation: object[]) =>
    sent({
      to: `whatsapp:${to}`,
      body: 'hello',
      whatsappTemplate: TEMPLATE,
      policy: { deliveryTimeout: '30s', escalation },
    });
  const optOutsOf = async (address: string): Promise<readonly unknown[]> => {
    const columns = 'sender, channel, category, source';
    const { rows } = await database.query<object>(`select ${columns} from opt_outs where address = $1`, [address]);
    return rows;
  };

  it('leads to the step that asks for it, of this message and of the next one, which the ledger holds back', async () => {
    const to = '+12025550137';
    script(`whatsapp:${to}`, failedScript(63014));
    for (const escalation of [[{ channel: 'sms' }, asked], [asked]]) {
      const { attempts, outcome } = await sendTo(to, ...escalation);
      expect(outcome).toMatchObject({ kind: 'delivered', channel: 'sms', attempt: 2 });
      expect(attempts).toHaveLength(2);
    }
    expect(messagesTo(`whatsapp:${to}`)).toMatchObject([{ errorCode: 63014 }]);
    expect(messagesTo(to)).toHaveLength(2);
    expect(await optOutsOf(to)).toEqual([{ sender: null, channel: 'whatsapp', category: null, source: 'receipt' }]);
  });

  it('ends the message as opted out where no step asks for it, the next one too', async () => {
    const to = '+12025550138';
    script(`whatsapp:${to}`, failedScript(63014));
    const escalation = [{ channel: 'sms' }, { channel: 'sms', when: ['any', 'failed', 'recipient'] }];
    expect((await sendTo(to, ...escalation)).outcome).toMatchObject({
      kind: 'opted_out',
      errorCode: 63014,
      attempt: 1,
    });
    expect((await sendTo(to, ...escalation)).outcome).toMatchObject({ kind: 'opted_out', attempt: 1 });
    expect(messagesTo(`whatsapp:${to}`)).toHaveLength(1);
    expect(messagesTo(to)).toEqual([]);
  });

  it('leads past no STOP on the other channel', async () => {
    const to = '+12025550139';
    await deployment.api.request('PUT', `/v1/opt-outs/${encodeURIComponent(to)}`, { scope: { channel: 'sms' } });
    script(`whatsapp:${to}`, failedScript(63014));
    expect((await sendTo(to, asked)).outcome).toMatchObject({ kind: 'opted_out', channel: 'sms', attempt: 2 });
    expect(messagesTo(to)).toEqual([]);
  });
});

describe('a pool', () => {
  const people = ['+12025550141', '+12025550142', '+12025550143', '+12025550144', '+12025550145'];
  const chosenFor = (to: string): string =>
    chooseSender({ channel: 'sms', to }, { pools: [{ channel: 'sms', country: 'US', senders: POOL }] }).sender;

  it('gives each person one sender and keeps it', async () => {
    for (const to of people) {
      await sent({ to, body: 'first' });
      await sent({ to, body: 'second' });
    }
    expect(people.map((to) => messagesTo(to).map(({ sender }) => sender))).toEqual(
      people.map((to) => [chosenFor(to), chosenFor(to)]),
    );
    expect(new Set(people.map(chosenFor)).size).toBeGreaterThan(1);
  });

  it('stands back behind the sender that the request names, and a STOP to the kept one counts', async () => {
    const [person = ''] = people;
    const kept = chosenFor(person);
    const other = POOL.find((sender) => sender !== kept) ?? '';
    await say(person, kept, 'STOP');
    await until('the opt-out', async () => {
      const { rows } = await database.query('select from opt_outs where address = $1', [person]);
      return rows.length > 0;
    });
    expect((await sent({ to: person, body: 'third' })).outcome).toMatchObject({ kind: 'opted_out' });
    expect((await sent({ to: person, from: other, body: 'fourth' })).outcome).toMatchObject({ kind: 'delivered' });
    expect(messagesTo(person).at(-1)).toMatchObject({ said: 'fourth', sender: other });
    expect((await sent({ to: person, body: 'fifth' })).outcome).toMatchObject({ kind: 'opted_out' });
  });
});
