import { ACCOUNT_SID, API_KEY_SECRET, API_KEY_SID, AUTH_TOKEN, SERVICE_SID } from './support/identifiers';
import { useSimulator } from './support/use-simulator';

const fixture = useSimulator();

async function fetchService(credentials: string | undefined): Promise<Response> {
  const authorization = `Basic ${Buffer.from(credentials ?? '').toString('base64')}`;
  return fetch(`${fixture.simulator().url}/v1/Services/${SERVICE_SID}`, {
    headers: credentials === undefined ? {} : { authorization },
  });
}

test.each([
  ['the account with its auth token', `${ACCOUNT_SID}:${AUTH_TOKEN}`],
  ['an API key with its secret', `${API_KEY_SID}:${API_KEY_SECRET}`],
])('lets %s in', async (_, credentials) => {
  expect((await fetchService(credentials)).status).toBe(200);
});

test.each([
  ['no credentials', undefined],
  ['a wrong auth token', `${ACCOUNT_SID}:${AUTH_TOKEN}x`],
  ['an API key with the auth token', `${API_KEY_SID}:${AUTH_TOKEN}`],
  ['another account', `AC${'0'.repeat(32)}:${AUTH_TOKEN}`],
])('refuses %s as Twilio does', async (_, credentials) => {
  const answer = await fetchService(credentials);

  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({
    code: 20003,
    message: 'Authenticate',
    more_info: 'https://www.twilio.com/docs/errors/20003',
    status: 401,
  });
});
