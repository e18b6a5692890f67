import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';

jest.setTimeout(120_000);

const SENDER = '+12025550100';
const CONFIRMATION = 'Sie bekommen von uns keine Nachrichten mehr.';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({
    variables: {
      POSTHORN_OPT_OUT_WORDS: 'en,de',
      POSTHORN_WORD_REPLIES: JSON.stringify({ en: { stop: 'Stopped.' }, de: { stop: CONFIRMATION } }),
    },
  });
});
afterAll(() => deployment.stop());

const post = (to: string, body: string) => deployment.api.request('POST', '/v1/messages', { to, body });

/** The texts that Twilio has, in all conversations of an address. */
function bodiesTo(address: string): (string | null)[] {
  const { conversations } = deployment.simulator.control.snapshot({ address });
  return conversations.flatMap(({ messages }) => messages.map(({ body }) => body));
}

async function say(from: string, body: string): Promise<void> {
  deployment.simulator.control.receiveInbound({ from, to: SENDER, body });
  await deployment.simulator.control.whenIdle();
}

async function outcomeOf(to: string, body: string): Promise<string | undefined> {
  const accepted = await post(to, body);
  return (await deployment.closed(accepted.body.id)).outcome?.kind;
}

it('obeys a German word, confirms it once, and sends nothing more', async () => {
  const person = '+12025550141';
  await expect(outcomeOf(person, 'hallo')).resolves.toBe('delivered');
  await say(person, '„Ab\u00ADmelden!“');
  await until('the confirmation', () => Promise.resolve(bodiesTo(person).includes(CONFIRMATION) || undefined), 20_000);
  await say(person, 'ABMELDEN');
  await expect(outcomeOf(person, 'noch etwas')).resolves.toBe('opted_out');
  expect(bodiesTo(person)).toEqual(['hallo', '„Ab\u00ADmelden!“', CONFIRMATION, 'ABMELDEN']);
});

it('does not reply to a word that Twilio replies to', async () => {
  const person = '+12025550142';
  await expect(outcomeOf(person, 'hello')).resolves.toBe('delivered');
  await say(person, 'STOP');
  await expect(outcomeOf(person, 'hello again')).resolves.toBe('opted_out');
  expect(bodiesTo(person)).toEqual(['hello', 'STOP']);
});

it('leaves a stop word among others to a person, who finds the message by its SID', async () => {
  const person = '+12025550143';
  await expect(outcomeOf(person, 'hello')).resolves.toBe('delivered');
  await say(person, 'please stop sending at night');
  await expect(outcomeOf(person, 'hello again')).resolves.toBe('delivered');
  const { conversations } = deployment.simulator.control.snapshot({ address: person });
  const inbound = conversations[0]?.messages.find(({ body }) => body === 'please stop sending at night');
  const found = await until(
    'the trace',
    async () => {
      const answer = await fetch(`${deployment.apiUrl}/v1/webhooks?verdict=near_word`, {
        headers: { authorization: `Bearer ${deployment.credentials.apiKey}` },
      });
      const text = await answer.text();
      return text.includes('near_word') ? text : undefined;
    },
    20_000,
  );
  expect(JSON.parse(found)).toMatchObject({
    webhooks: [{ verdict: 'near_word', effect: 'nothing', messageSid: inbound?.messageSid }],
  });
  expect(found).not.toMatch(/night|2025550143/);
});
