import { runCli } from '../../src/cli/run-cli';
import { type Environment } from '../../src/config/environment';
import { loadApiConfig } from '../../src/config/api-config';
import { loadWorkerConfig } from '../../src/config/worker-config';
import { VALID } from '../config/environments';
import { startTestApi, type TestApi } from './support/test-api';

/*
 * What people get wrong about opt-outs and time, wherever they can say it: each is answered with what is wrong and what to do.
 * Nothing is written or sent for any of it.
 */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Ask = () => Promise<string>;

/** A row of an import with these cells besides the address. */
const row =
  (cells: Readonly<Record<string, string>>): Ask =>
  async () => {
    const all = { address: '+12025550191', ...cells };
    const body = `${Object.keys(all).join(',')}\n${Object.values(all).join(',')}\n`;
    const headers = { 'Content-Type': 'text/csv' };
    const { json, status } = await api.call('POST', '/v1/opt-outs/import', { body, headers });
    expect([status, json]).toMatchObject([200, { rows: 1, wrong: 1, added: 0 }]);
    return messagesOf(json);
  };

/** A request over HTTP. */
const http =
  (method: string, path: string, json?: object): Ask =>
  async () => {
    const answer = await api.call(method, path, json === undefined ? {} : { json });
    expect([answer.status, answer.json]).toMatchObject([400, { code: 'invalid_request' }]);
    return messagesOf(answer.json);
  };

const message = (fields: object): Ask => http('POST', '/v1/messages', { to: '+12025550191', body: 'Hello', ...fields });

/** A command, which is called in a wrong way. */
const command =
  (...args: string[]): Ask =>
  async () => {
    let complained = '';
    const environment = { DATABASE_URL: api.database.url, TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const exitCode = await runCli(args, {
      readEnvironment: () => environment,
      processEnvironment: environment,
      write: () => undefined,
      complain: (text) => (complained += text),
    });
    expect(exitCode).toBe(2);
    return complained;
  };

const send = (...args: string[]): Ask => command('send', '+12025550191', 'Hello', '--tenant', 'acme', ...args);

/** A variable of the environment, which stops the start. */
const variable =
  (load: (env: Environment) => unknown, name: string, value: string): Ask =>
  () => {
    try {
      load({ ...VALID, [name]: value });
    } catch (error) {
      return Promise.resolve(String(error));
    }
    return Promise.reject(new Error(`${name}=${value} was taken`));
  };

const started = (name: string, value: string): Ask => variable(loadApiConfig, name, value);
const worker = (name: string, value: string): Ask => variable(loadWorkerConfig, name, value);

function messagesOf(json: unknown): string {
  const { errors } = json as { readonly errors: readonly { readonly message: string }[] };
  return errors.map(({ message: text }) => text).join('\n');
}

const LEDGER = '/v1/opt-outs/+12025550191';
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

const WRONG: readonly (readonly [what: string, ask: Ask, answer: string])[] = [
  ['a row without country code', row({ address: '2025550191' }), 'address has no country code: write +'],
  ['a row with too few digits', row({ address: '+1202' }), 'address has too few digits for its country: check the'],
  ['a row with a word for a number', row({ sender: 'Acme' }), 'sender has letters in it: write + and the country code'],
  ['a row with an unknown channel', row({ channel: 'fax' }), 'channel is not known: give sms, whatsapp or voice'],
  ['a row with an unknown category', row({ category: 'ads' }), 'category is not known: give security, alert,'],
  [
    'a row that is neither in nor out',
    row({ action: 'maybe' }),
    'optedOut is not known: give true or stop for an opt-out',
  ],
  ['a row with a day of another country', row({ at: '31/01/2026' }), 'at is not a moment: write ISO 8601 with a zone'],
  ['a row with a day that does not exist', row({ at: '2026-02-30' }), 'at is not a moment: write ISO 8601 with a zone'],
  ['a row without time zone', row({ at: '2026-01-31T08:00:00' }), 'at is not a moment: write ISO 8601 with a zone'],
  ['a row of tomorrow', row({ at: TOMORROW }), 'at is in the future: give the time when it was said'],
  [
    'a row that opts in at no time',
    row({ action: 'start', reason: 'x' }),
    'at is missing: a row that opts in has to say',
  ],
  [
    'a row that opts in for no reason',
    row({ action: 'start', at: '2026-01-31' }),
    'reason is missing: a row that opts',
  ],

  [
    'a scope with an unknown channel',
    http('PUT', LEDGER, { scope: { channel: 'fax' } }),
    'scope.channel is not known: give',
  ],
  [
    'a scope with an unknown category',
    http('PUT', LEDGER, { scope: { category: 'ads' } }),
    'scope.category is not known: give',
  ],
  [
    'a scope with no number',
    http('PUT', LEDGER, { scope: { sender: 'Acme' } }),
    'scope.sender has letters in it: write',
  ],
  [
    'a scope with another part',
    http('PUT', LEDGER, { scope: { country: 'US' } }),
    'scope.country is not a known field: remove it',
  ],
  [
    'a scope that is a word',
    http('PUT', LEDGER, { scope: 'sms' }),
    'scope is a text: give an object such as {"channel": "sms"}',
  ],
  ['a lift without reason', http('DELETE', LEDGER, {}), 'reason is missing: give the reason in words'],
  [
    'a list since some day',
    http('GET', '/v1/opt-outs?since=monday'),
    'since is not a moment: write ISO 8601 with a zone',
  ],
  [
    'a list of an unknown scope',
    http('GET', '/v1/opt-outs?channel=fax'),
    'channel is not known: give sms, whatsapp, voice or any',
  ],

  ['a time zone that is a city', message({ timeZone: 'Berlin' }), 'timeZone is not a time zone: give its IANA name'],
  ['a time zone that is an offset', message({ timeZone: '+01:00' }), 'timeZone is not a time zone: give its IANA name'],
  [
    'a moment without offset',
    message({ sendAt: '2026-01-31T08:00:00' }),
    'sendAt is not a moment: write ISO 8601 with an offset',
  ],
  [
    'a moment that is over',
    message({ sendAt: '2020-01-31T08:00:00Z' }),
    'sendAt is in the past: leave it out to send now',
  ],
  [
    'an expiry that is over',
    message({ expiresAt: '2020-01-31T08:00:00Z' }),
    'expiresAt is over already: give a later moment',
  ],
  [
    'a duration without unit',
    message({ timeToLive: '10' }),
    'timeToLive is not a duration: write a number above zero and a unit',
  ],
  [
    'two expiries',
    message({ timeToLive: '1h', expiresAt: TOMORROW }),
    'timeToLive cannot go with expiresAt: give one of the two',
  ],
  [
    'an override without reason',
    message({ ignoreQuietHours: true }),
    'ignoreQuietHours is true or false: give an object such as',
  ],

  [
    'a report of an unknown zone',
    http('GET', '/v1/reports/failures?timeZone=Mars'),
    'timeZone is not a time zone: give its IANA',
  ],
  [
    'a report since some day',
    http('GET', '/v1/reports/failures?since=soon'),
    'since is not a time: give days such as 7d',
  ],

  ['posthorn send to a city', send('--time-zone', 'Berlin'), '--time-zone is not a time zone: give its IANA name'],
  [
    'posthorn send at a moment without offset',
    send('--send-at', '2026-01-31T08:00:00'),
    '--send-at is not a moment: write ISO',
  ],
  ['posthorn send for no reason at night', send('--ignore-quiet-hours', ''), '--ignore-quiet-hours is empty: say why'],
  [
    'posthorn opt-outs put on a fax',
    command('opt-outs', 'put', '+12025550191', '--channel', 'fax'),
    'Allowed choices are sms, whatsapp, voice',
  ],
  ['posthorn opt-outs put of a city', command('opt-outs', 'put', 'Berlin'), 'It has letters in it: write'],
  [
    'posthorn opt-outs delete for no reason',
    command('opt-outs', 'delete', '+12025550191', '--reason', ' '),
    'It is empty: give the reason',
  ],
  [
    'posthorn opt-outs list since some day',
    command('opt-outs', 'list', '--since', 'monday'),
    'It is not a moment: write ISO 8601',
  ],
  [
    'posthorn report failures of an unknown zone',
    command('report', 'failures', '--time-zone', 'Mars'),
    '--time-zone is not a time zone: give',
  ],

  [
    'a set of words that there is not',
    started('POSTHORN_OPT_OUT_WORDS', 'en,xx'),
    'is not a set of words ("xx"): choose among en, es',
  ],
  ['a set of words twice', started('POSTHORN_OPT_OUT_WORDS', 'en,EN'), 'has the set en more than once: keep the first'],
  [
    'a reply in a language that there is not',
    started('POSTHORN_WORD_REPLIES', '{"xx":{"stop":"No."}}'),
    'xx is not a set of words: choose among en, es',
  ],
  [
    'an opt-out code with an unknown scope',
    worker('POSTHORN_OPT_OUT_ERROR_CODES', '21610:all'),
    '"21610:all" has an unknown reach: after the colon write',
  ],
  [
    'a suppression code without unit',
    worker('POSTHORN_SUPPRESSION_CODES', '30005:14'),
    '"30005:14" has no duration after the colon: write one',
  ],
  [
    'quiet hours of no country',
    worker('POSTHORN_QUIET_HOURS', '{"UK":{}}'),
    'UK is not a country: write two capital letters',
  ],
  [
    'quiet hours from no time',
    worker('POSTHORN_QUIET_HOURS', '{"US":{"text":{"marketing":{"from":"8","to":"20:00"}}}}'),
    'is not a time of day: write hours and minutes',
  ],
  [
    'quiet hours that never end',
    worker('POSTHORN_QUIET_HOURS', '{"US":{"text":{"marketing":{"from":"12:00","to":"13:00"}}}}'),
    'is too narrow: no hour is from 12:00 to 13:00 in all time zones of US; widen it',
  ],
];

test.each(WRONG)('%s', async (_what, ask, answer) => {
  expect(await ask()).toContain(answer);
});

test('and nothing came of any of it', async () => {
  expect(await api.stores.optOuts.history('+12025550191')).toEqual([]);
  expect(api.client.started).toEqual([]);
});
