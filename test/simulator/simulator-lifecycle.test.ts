import { setImmediate } from 'node:timers/promises';
import { startSimulator } from '../../src/simulator/start-simulator';
import { ACCOUNT_SID, AUTH_TOKEN, PERSON, SENDER, SERVICE_SID } from './support/identifiers';

const OPTIONS = { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, serviceSid: SERVICE_SID };
const AUTHORIZATION = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;

test('several run beside each other and share nothing', async () => {
  const [one, other] = await Promise.all([startSimulator(OPTIONS), startSimulator(OPTIONS)]);
  try {
    one.control.receiveInbound({ from: PERSON, to: SENDER, body: 'STOP' });

    expect(one.port).not.toBe(other.port);
    expect(one.control.snapshot().optedOutPairs).toHaveLength(1);
    expect(other.control.snapshot().optedOutPairs).toHaveLength(0);
  } finally {
    await Promise.all([one.stop(), other.stop()]);
  }
});

test('stopping ends what hangs and frees the port', async () => {
  const first = await startSimulator(OPTIONS);
  first.control.addFault({ operation: '*', requests: 1, when: 'before', effect: { kind: 'hang' } });
  const hanging = fetch(`${first.url}/v1/Services`, { headers: { authorization: AUTHORIZATION } });
  const ended = expect(hanging).rejects.toThrow();
  // The fault is used up as soon as the request has met it.
  while (first.control.faults().length > 0) {
    await setImmediate();
  }

  await first.stop();
  await first.stop();

  await ended;
  const second = await startSimulator({ ...OPTIONS, port: first.port });
  await second.stop();
});

test('wrong options are all named, with the remedy', async () => {
  const wrong = { ...OPTIONS, accountSid: SERVICE_SID, apiKeySid: `SK${'0'.repeat(32)}`, apiOrigin: 'twilio.test/' };

  await expect(startSimulator(wrong)).rejects.toThrow(
    /accountSid: must be AC and 32 hexadecimal digits.*apiOrigin: .*/,
  );
  await expect(startSimulator({ ...OPTIONS, apiKeySid: `SK${'0'.repeat(32)}` })).rejects.toThrow(
    'apiKeySecret: apiKeySid and apiKeySecret go together: give both or neither',
  );
});

test('a port that is taken is an error, not a crash', async () => {
  const first = await startSimulator(OPTIONS);
  try {
    await expect(startSimulator({ ...OPTIONS, port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  } finally {
    await first.stop();
  }
});
