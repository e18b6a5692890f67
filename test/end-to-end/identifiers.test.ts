import { type TraceView } from '../../src/http/presenters/story';
import { type Deployment, startDeployment } from './support/deployment';
import { startProcess } from './support/service-process';

jest.setTimeout(180_000);

const TO = '+12025550123';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ variables: { LOG_LEVEL: 'info' } });
});
afterAll(() => deployment.stop());

test('what is made at Twilio is in the log, and each identifier of the log leads back to the message', async () => {
  const { apiProcess, workerProcess } = deployment;
  const { body } = await deployment.api.request('POST', '/v1/messages', { to: TO, body: 'Your table is ready.' });
  const messageId = body.id;
  const { attempts } = await deployment.closed(messageId);
  const { conversationSid, messageSid, participantSid } = attempts[0] ?? {};

  const created = { level: 30, identifiers: 'created', messageId };
  expect(await apiProcess.logged('a message was accepted')).toMatchObject(created);
  expect(await workerProcess.logged('a conversation was made at Twilio')).toMatchObject({
    ...created,
    conversationSid,
  });
  expect(await workerProcess.logged('a participant was added at Twilio')).toMatchObject({
    ...created,
    conversationSid,
    participantSid,
  });
  expect(await workerProcess.logged('a message was made at Twilio')).toMatchObject({
    ...created,
    attempt: 1,
    conversationSid,
    messageSid,
  });
  const webhook = await apiProcess.logged('a webhook came: accepted');
  expect(webhook).toMatchObject({ identifiers: 'received', conversationSid, messageSid });
  for (const output of [apiProcess.output(), workerProcess.output()]) {
    expect(output).not.toMatch(/2025550|table is ready/);
  }

  for (const identifier of [conversationSid, participantSid, messageSid]) {
    const { stories } = await trace(String(identifier));
    expect(stories.map(({ message }) => message.id)).toEqual([messageId]);
  }
});

/** `posthorn trace --json`, in a process of its own. */
async function trace(identifier: string): Promise<TraceView> {
  const command = startProcess('cli/main', deployment.environment, ['trace', identifier, '--json']);
  const exitCode = await command.ended;
  expect({ exitCode, output: command.output() }).toMatchObject({ exitCode: 0 });
  return JSON.parse(command.output()) as TraceView;
}
