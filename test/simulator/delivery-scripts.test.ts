import { failedScript, silentScript, undeliveredScript } from '../../src/simulator/delivery/preset-scripts';
import { type DeliveryScriptInput } from '../../src/simulator/delivery/delivery-script';
import { sendWebhooksTo } from './support/configure';
import { PERSON } from './support/identifiers';
import { useSimulator } from './support/use-simulator';
import { useWebhookReceiver } from './support/use-webhook-receiver';

const fixture = useSimulator();
const receiver = useWebhookReceiver();
const control = (): ReturnType<typeof fixture.simulator>['control'] => fixture.simulator().control;

const THREE_STEPS: DeliveryScriptInput['steps'] = [{ status: 'sent' }, { status: 'delivered' }, { status: 'read' }];

async function conversationToldOf(): Promise<string> {
  await sendWebhooksTo(fixture.simulator().url, `${receiver.origin()}/hook`);
  return fixture.conversationWith(PERSON);
}

/** Posts a message. @returns its status and error code once nothing is outstanding any more */
async function post(conversationSid: string): Promise<[string | undefined, number]> {
  const { messages } = fixture.service().conversations(conversationSid);
  const { sid: messageSid } = await messages.create({ body: 'hello' });
  await control().whenIdle();
  const [receipt] = await messages(messageSid).deliveryReceipts.list();
  return [receipt?.status, receipt?.errorCode ?? 0];
}

function script(script: DeliveryScriptInput, messages: number | 'all' = 'all'): void {
  control().scriptAddress({ address: PERSON, scripts: [{ messages, script }] });
}

const told = (): (string | undefined)[] => receiver.received().map(({ fields }) => fields.Status);

test('fails once with 30008, then twice otherwise, then delivers as by default', async () => {
  const conversationSid = await fixture.conversationWith(PERSON);
  control().scriptAddress({
    address: PERSON,
    scripts: [
      { messages: 1, script: undeliveredScript(30008, 0) },
      { messages: 2, script: failedScript(30003, 0) },
    ],
  });

  const outcomes = [];
  for (let number = 0; number < 4; number += 1) {
    outcomes.push(await post(conversationSid));
  }

  expect(outcomes).toEqual([
    ['undelivered', 30008],
    ['failed', 30003],
    ['failed', 30003],
    ['delivered', 0],
  ]);
  expect(control().scripts().addresses).toEqual([]);
});

test('a script belongs to one address', async () => {
  script(failedScript(30005, 0));
  const conversationSid = await fixture.conversationWith('+12025550142');

  expect(await post(conversationSid)).toEqual(['delivered', 0]);
});

test('sent, and then silence', async () => {
  script(silentScript(0));
  const conversationSid = await conversationToldOf();

  expect(await post(conversationSid)).toEqual(['sent', 0]);
  expect(told()).toEqual(['sent']);
});

test('dropped webhooks: nothing is told, but polling shows it', async () => {
  script({ steps: THREE_STEPS, webhooks: { drop: true } });
  const conversationSid = await conversationToldOf();

  expect(await post(conversationSid)).toEqual(['read', 0]);
  expect(told()).toEqual([]);
  expect(
    control()
      .events()
      .filter(({ kind }) => kind === 'webhook.dropped'),
  ).toHaveLength(3);
});

test('each webhook as often as the script says', async () => {
  script({ steps: [{ status: 'sent' }], webhooks: { copies: 3 } });
  await post(await conversationToldOf());

  expect(told()).toEqual(['sent', 'sent', 'sent']);
  expect(new Set(receiver.received().map(({ signature }) => signature)).size).toBe(1);
});

test('webhooks in reversed order', async () => {
  script({ steps: THREE_STEPS, webhooks: { order: 'reversed' } });
  await post(await conversationToldOf());

  expect(told()).toEqual(['read', 'delivered', 'sent']);
});

test('shuffled webhooks are all told', async () => {
  script({ steps: THREE_STEPS, webhooks: { order: 'shuffled', copies: 2 } });
  await post(await conversationToldOf());

  expect(told().sort()).toEqual(['delivered', 'delivered', 'read', 'read', 'sent', 'sent']);
});

test('a delayed webhook comes after the receipt has changed', async () => {
  script({ steps: [{ status: 'delivered' }], webhooks: { delayMs: 60_000 } });
  const conversationSid = await conversationToldOf();
  const { messages } = fixture.service().conversations(conversationSid);
  const { sid: messageSid } = await messages.create({ body: 'hello' });
  const [receipt] = await messages(messageSid).deliveryReceipts.list();

  expect(receipt?.status).toBe('delivered');
  expect(told()).toEqual([]);
});

test('a webhook comes before the answer when the script says so', async () => {
  script({
    steps: [
      { status: 'sent', beforeAnswer: true },
      { status: 'delivered', beforeAnswer: true },
    ],
  });
  const conversationSid = await conversationToldOf();

  await fixture.service().conversations(conversationSid).messages.create({ body: 'overtaken' });

  expect(told()).toEqual(['sent', 'delivered']);
});

test('delays are kept', async () => {
  script({
    steps: [
      { status: 'sent', delayMs: 30 },
      { status: 'delivered', delayMs: 40 },
    ],
  });
  const conversationSid = await fixture.conversationWith(PERSON);
  await post(conversationSid);

  const at = control()
    .events()
    .filter(({ kind }) => kind === 'message.accepted' || kind === 'receipt.changed')
    .map((event) => Date.parse(event.at));
  const [accepted = 0, sent = 0, delivered = 0] = at;
  // Timers count whole milliseconds and may be one early against the clock.
  expect(sent - accepted).toBeGreaterThanOrEqual(29);
  expect(delivered - sent).toBeGreaterThanOrEqual(39);
});

test('a message is in lists only after the lag, but can be fetched at once', async () => {
  script({ steps: [], listLagMs: 60_000 }, 1);
  const conversationSid = await fixture.conversationWith(PERSON);
  const { messages } = fixture.service().conversations(conversationSid);
  const { sid: laggingSid } = await messages.create({ body: 'lagging' });
  const { sid: listedSid } = await messages.create({ body: 'listed' });

  const listed = await messages.list({ order: 'desc', pageSize: 1 });

  expect(listed.map(({ sid: messageSid }) => messageSid)).toEqual([listedSid]);
  expect((await messages(laggingSid).fetch()).body).toBe('lagging');
});

test('a receipt can be changed by hand long after its script has ended', async () => {
  script(silentScript(0));
  const conversationSid = await conversationToldOf();
  await post(conversationSid);
  const [message] = await fixture.service().conversations(conversationSid).messages.list();

  const receipt = await control().updateReceipt({ messageSid: message?.sid ?? '', status: 'delivered' });

  expect(receipt.status).toBe('delivered');
  expect(told()).toEqual(['sent', 'delivered']);
});
