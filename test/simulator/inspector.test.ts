import { PERSON, SENDER } from './support/identifiers';
import { useSimulator } from './support/use-simulator';

const fixture = useSimulator();

async function page(path = '/'): Promise<string> {
  return (await fetch(fixture.simulator().url + path)).text();
}

async function participantSidOf(conversationSid: string): Promise<string> {
  const [participant] = await fixture.service().conversations(conversationSid).participants.list();
  return participant?.sid ?? '';
}

async function reply(participantSid: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${fixture.simulator().url}/inspector/replies`, {
    method: 'POST',
    headers: { accept: 'application/json', ...headers },
    body: new URLSearchParams({ participantSid, body }),
  });
}

test('shows nothing yet, and says so', async () => {
  expect(await page()).toContain('No conversation yet.');
});

test('shows conversations, participants, messages and receipts with their error codes', async () => {
  fixture.simulator().control.setDefaultScript({ steps: [{ status: 'undelivered', errorCode: 30007 }] });
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const { sid: messageSid } = await fixture.service().conversations(conversationSid).messages.create({ body: 'spam?' });
  await fixture.simulator().control.whenIdle();

  const html = await page();

  for (const text of [conversationSid, PERSON, SENDER, messageSid, 'spam?', 'undelivered 30007']) {
    expect(html).toContain(text);
  }
});

test('escapes whatever comes from outside', async () => {
  const { sid: conversationSid } = await fixture
    .service()
    .conversations.create({ friendlyName: `<b title='x'>"name"&` });
  await fixture.service().conversations(conversationSid).messages.create({ body: '<script>alert(1)</script>' });

  const html = await page();

  expect(html).not.toContain('<script>alert');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('&lt;b title=&#39;x&#39;&gt;&quot;name&quot;&amp;');
});

test('loads nothing from elsewhere and may not be framed', async () => {
  const answer = await fetch(fixture.simulator().url);
  const html = await answer.text();

  expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
  expect(loaded.filter((url) => !/^[/#]|^data:,$/.test(url))).toEqual([]);
  expect(await page('/inspector/script.js')).toContain('/inspector/live');
  expect(await page('/inspector/style.css')).toContain('prefers-color-scheme: dark');
});

test('the live part has what changed since, and the form is not in it', async () => {
  await fixture.conversationWith(PERSON, SENDER);

  const live = JSON.parse(await page('/inspector/live')) as { live: string; participants: string };

  expect(live.live).toContain(PERSON);
  expect(live.live).not.toContain('<textarea');
  expect(live.participants).toContain(PERSON);
});

test('a person replies as a participant', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);

  const answer = await reply(await participantSidOf(conversationSid), 'I have a question');

  expect(await answer.json()).toEqual({ notice: `Sent as ${PERSON}.` });
  const [conversation] = fixture.simulator().control.snapshot({ conversationSid }).conversations;
  expect(conversation?.messages).toMatchObject([{ author: PERSON, body: 'I have a question', source: 'SMS' }]);
});

test('without a script the answer is the page, with the same participant chosen', async () => {
  const participantSid = await participantSidOf(await fixture.conversationWith(PERSON, SENDER));

  const answer = await reply(participantSid, 'STOP', { accept: 'text/html' });
  const html = await answer.text();

  expect(html).toContain('This person has now opted out.');
  expect(html).toMatch(new RegExp(`value="${participantSid}"\\s+selected`));
});

test('a reply that cannot be is refused with the field and the remedy', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const participantSid = await participantSidOf(conversationSid);

  const empty = await reply(participantSid, '  ');
  await fixture.service().conversations(conversationSid).update({ state: 'closed' });
  const closed = await reply(participantSid, 'hello?');

  expect(empty.status).toBe(422);
  expect(await empty.json()).toEqual({ notice: 'Text: write between 1 and 1600 characters.' });
  expect(closed.status).toBe(422);
  expect(await closed.json()).toEqual({ notice: 'Reply as: choose a participant of an open conversation.' });
});

test('another site cannot send replies through a browser', async () => {
  const participantSid = await participantSidOf(await fixture.conversationWith(PERSON, SENDER));

  expect((await reply(participantSid, 'STOP', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});
