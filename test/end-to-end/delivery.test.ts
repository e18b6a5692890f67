import { type Deployment, startDeployment } from './support/deployment';

jest.setTimeout(120_000);

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

const post = (body: unknown, headers?: Record<string, string>) =>
  deployment.api.request('POST', '/v1/messages', body, headers);

/** The texts that Twilio has, in all conversations of an address. */
function bodiesTo(address: string): (string | null)[] {
  const { conversations } = deployment.simulator.control.snapshot({ address });
  return conversations.flatMap(({ messages }) => messages.map(({ body }) => body));
}

it('delivers a message, with every SID in the answer', async () => {
  const accepted = await post({ to: '+12025550123', body: 'Your table is ready.' });
  expect(accepted.status).toBe(202);
  const message = await deployment.closed(accepted.body.id);
  expect(message).toMatchObject({
    outcome: { kind: 'delivered', attempt: 1 },
    attempts: [
      {
        conversationSid: expect.stringMatching(/^CH/) as string,
        participantSid: expect.stringMatching(/^MB/) as string,
        messageSid: expect.stringMatching(/^IM/) as string,
        status: 'delivered',
      },
    ],
  });
});

it('brings 30 concurrent messages to one recipient once each, in one conversation', async () => {
  const bodies = Array.from({ length: 30 }, (_, index) => `message ${index}`);
  const accepted = await Promise.all(bodies.map((body) => post({ to: '+12025550130', body })));
  const messages = await Promise.all(accepted.map(({ body }) => deployment.closed(body.id)));

  expect(messages.map(({ outcome }) => outcome?.kind)).toEqual(bodies.map(() => 'delivered'));
  const [conversationSid, ...others] = new Set(messages.map(({ attempts }) => attempts[0]?.conversationSid));
  expect(others).toEqual([]);
  const { conversations } = deployment.simulator.control.snapshot({ address: '+12025550130' });
  expect(conversations.map((conversation) => conversation.conversationSid)).toEqual([conversationSid]);
  expect(bodiesTo('+12025550130').sort()).toEqual([...bodies].sort());
});

it('makes one message of 100 parallel posts with one idempotency key', async () => {
  const request = { to: '+12025550131', body: 'only once' };
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => post(request, { 'idempotency-key': 'booking-7' })),
  );
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
  await deployment.closed(answers[0]?.body.id ?? '');
  const other = await post({ ...request, body: 'another text' }, { 'idempotency-key': 'booking-7' });
  expect(other.status).toBe(409);
  expect(bodiesTo('+12025550131')).toEqual(['only once']);
});

it('holds back what comes after a STOP of the recipient', async () => {
  const first = await post({ to: '+12025550132', body: 'hello' });
  await deployment.closed(first.body.id);
  deployment.simulator.control.receiveInbound({ from: '+12025550132', to: '+12025550100', body: 'Stop.' });
  await deployment.simulator.control.whenIdle();
  const second = await post({ to: '+12025550132', body: 'hello again' });
  await expect(deployment.closed(second.body.id)).resolves.toMatchObject({ outcome: { kind: 'opted_out' } });
  expect(bodiesTo('+12025550132')).not.toContain('hello again');
});

it('keeps the messages of one tenant from another', async () => {
  const { body } = await post({ to: '+12025550133', body: 'private' });
  const answer = await fetch(`${deployment.apiUrl}/v1/messages/${body.id}`, {
    headers: { authorization: `Bearer ${deployment.credentials.apiKey}-other` },
  });
  expect(answer.status).toBe(404);
  await deployment.closed(body.id);
});

it('writes no number and no text into its logs', () => {
  const logs = deployment.apiProcess.output() + deployment.workerProcess.output();
  expect(logs).not.toMatch(/2025550\d{3}/);
  expect(logs).not.toContain('Your table is ready');
});

it('says that it is ready', async () => {
  const [health, ready] = await Promise.all(['/healthz', '/readyz'].map((path) => fetch(deployment.apiUrl + path)));
  expect([health?.status, ready?.status]).toEqual([200, 200]);
});
