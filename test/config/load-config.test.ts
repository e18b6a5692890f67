import { loadApiConfig } from '../../src/config/api-config';
import { ConfigError } from '../../src/config/config-error';
import { type Environment } from '../../src/config/environment';
import { loadSetupConfig } from '../../src/config/setup-config';
import { loadWorkerConfig } from '../../src/config/worker-config';
import { VALID } from './environments';

function problemsOf(load: () => unknown): Record<string, string> {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) {
      return Object.fromEntries(error.problems.map(({ variable, problem }) => [variable, problem]));
    }
    throw error;
  }
  return {};
}

const apiProblems = (overrides: Environment) => problemsOf(() => loadApiConfig({ ...VALID, ...overrides }));
const workerProblems = (overrides: Environment) => problemsOf(() => loadWorkerConfig({ ...VALID, ...overrides }));

describe('a valid environment', () => {
  test('gives the API everything that it needs', () => {
    expect(loadApiConfig({ ...VALID, TWILIO_WHATSAPP_FROM: 'whatsapp:+1 202 555 0100', PORT: '0' })).toMatchObject({
      port: 0,
      publicBaseUrl: 'https://posthorn.example.com',
      tenantKeys: [
        { tenant: 'acme', key: 'key-of-acme' },
        { tenant: 'globex', key: 'key-of-globex' },
      ],
      authTokens: ['old-token', 'new-token'],
      senders: { whatsapp: '+12025550100' },
      temporal: { namespace: 'default', connectionOptions: { address: '127.0.0.1:7233' } },
      logLevel: 'info',
    });
  });

  test('has pools of senders beside the sender of each channel', () => {
    const pools = [{ channel: 'sms', country: 'US', senders: ['+12025550110', '+12025550111'] }];
    const environment = { ...VALID, TWILIO_FROM: '+12025550100', POSTHORN_SENDERS: 'sms:US=+12025550110,+12025550111' };
    for (const load of [loadApiConfig, loadWorkerConfig]) {
      expect(load(environment).senders).toMatchObject({ sms: '+12025550100', pools });
      expect(load({ ...environment, POSTHORN_SENDERS: '' }).senders).not.toHaveProperty('pools');
    }
    expect(Object.keys(apiProblems({ POSTHORN_SENDERS: 'sms=+12025550110' }))).toEqual(['POSTHORN_SENDERS']);
  });

  test('gives the worker everything that it needs, and nothing of HTTP is asked for', () => {
    const { PORT, PUBLIC_BASE_URL, POSTHORN_API_KEYS, TWILIO_AUTH_TOKEN, ...rest } = VALID;
    const config = loadWorkerConfig({
      ...rest,
      TWILIO_API_BASE_URL: 'http://127.0.0.1:4010/',
      TEMPORAL_NAMESPACE: 'prod',
    });
    expect([PORT, PUBLIC_BASE_URL, POSTHORN_API_KEYS, TWILIO_AUTH_TOKEN]).toHaveLength(4);
    expect(config.twilio.baseUrl).toBe('http://127.0.0.1:4010');
    expect(config.temporal.namespace).toBe('prod');
  });

  test('setup needs a database and Temporal only', () => {
    const { DATABASE_URL, TEMPORAL_ADDRESS } = VALID;
    expect(loadSetupConfig({ DATABASE_URL, TEMPORAL_ADDRESS }).databaseUrl).toBe(DATABASE_URL);
  });

  test('cannot be changed after it was read', () => {
    const config = loadApiConfig(VALID);
    expect(Object.isFrozen(config) && Object.isFrozen(config.tenantKeys[0])).toBe(true);
  });

  test('takes a variable that is set to nothing for absent', () => {
    expect(loadApiConfig({ ...VALID, PORT: '', LOG_LEVEL: ' ', TEMPORAL_API_KEY: '' })).toMatchObject({
      port: 3000,
      logLevel: 'info',
    });
    expect(loadApiConfig({ ...VALID, TEMPORAL_API_KEY: '' }).temporal.connectionOptions.tls).toBeUndefined();
  });

  test('passes the rest of Temporal’s own configuration on', () => {
    const { connectionOptions } = loadSetupConfig({
      ...VALID,
      TEMPORAL_API_KEY: 'key',
      TEMPORAL_GRPC_META_TEAM: 'a',
    }).temporal;
    expect(connectionOptions).toMatchObject({ apiKey: 'key', tls: true, metadata: { team: 'a' } });
  });

  test('knows which codes mark an opt-out', () => {
    expect(loadApiConfig(VALID).optOutCodes.map(({ code }) => code)).toEqual([21610, 63014, 63033]);
    expect(loadApiConfig({ ...VALID, POSTHORN_OPT_OUT_ERROR_CODES: 'none' }).optOutCodes).toEqual([]);
    expect(loadApiConfig({ ...VALID, POSTHORN_OPT_OUT_ERROR_CODES: '30004:everything' }).optOutCodes).toEqual([
      { code: 30004, reach: 'everything' },
    ]);
  });

  test('knows which words count, in their order, and what is replied to them', () => {
    expect(loadApiConfig(VALID)).toMatchObject({
      wordReplies: {},
      wordSets: expect.arrayContaining(['en', 'ja']) as string[],
    });
    const replies = { de: { stop: 'Sie bekommen nichts mehr.' } };
    expect(
      loadApiConfig({
        ...VALID,
        POSTHORN_OPT_OUT_WORDS: 'DE, zh-hans',
        POSTHORN_WORD_REPLIES: JSON.stringify(replies),
      }),
    ).toMatchObject({ wordSets: ['de', 'zh-Hans'], wordReplies: replies });
  });

  test('takes the keys of the encryption in their order', () => {
    const keys = ['b', 'a'].map((keyId) => `${keyId}:${Buffer.alloc(32, keyId).toString('base64')}`).join(',');
    const { encryptionKeys } = loadWorkerConfig({ ...VALID, POSTHORN_ENCRYPTION_KEYS: keys });
    expect(encryptionKeys.map(({ keyId, key }) => [keyId, key.length])).toEqual([
      ['b', 32],
      ['a', 32],
    ]);
  });
});

describe('a wrong environment', () => {
  test('is told with all its problems at once, each with its name', () => {
    const empty = problemsOf(() => loadApiConfig({}));
    expect(Object.keys(empty).sort()).toEqual([
      'DATABASE_URL',
      'POSTHORN_API_KEYS',
      'PUBLIC_BASE_URL',
      'TEMPORAL_ADDRESS',
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
    ]);
    for (const problem of Object.values(empty)) {
      expect(problem).toMatch(/^is missing: \w+ .{10,}/);
    }
    expect(() => loadApiConfig({ ...VALID, PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(
      /\n {2}PORT .*\n {2}LOG_LEVEL |\n {2}LOG_LEVEL .*\n {2}PORT /,
    );
  });

  test.each([
    ['PORT', '70000', 'from 0'],
    ['PORT', '80a', 'whole number'],
    ['LOG_LEVEL', 'verbose', 'choose one of'],
    ['DATABASE_URL', 'mysql://x/y', 'postgres://'],
    ['TEMPORAL_ADDRESS', 'http://127.0.0.1:7233', 'leave out any scheme'],
    ['TEMPORAL_ADDRESS', 'temporal.example.com', 'host:port'],
    ['PUBLIC_BASE_URL', 'posthorn.example.com', 'http or https'],
    ['PUBLIC_BASE_URL', 'https://a.example.com/?x=1', 'not a base URL'],
    ['POSTHORN_API_KEYS', 'key-without-tenant', 'tenant:key'],
    ['POSTHORN_API_KEYS', 'acme:one,globex:one', 'in the list already'],
    ['POSTHORN_API_KEYS', 'acme:one,', 'entry 2'],
    ['TWILIO_ACCOUNT_SID', `SK${'0'.repeat(32)}`, 'is SK…, which is an API key SID; an account SID starts with AC'],
    ['TWILIO_AUTH_TOKEN', 'one two', 'blanks'],
    ['TWILIO_FROM', '2025550100', 'country code'],
    ['TWILIO_FROM', 'whatsapp:+12025550100', 'sender for whatsapp'],
    ['POSTHORN_OPT_OUT_ERROR_CODES', '216', 'five digits'],
    ['POSTHORN_OPT_OUT_WORDS', 'it', 'choose among en, es, fr, de, pt, zh-Hans, zh-Hant, ja'],
    ['POSTHORN_OPT_OUT_WORDS', 'en,zh', 'entry 2 is not a set of words ("zh")'],
    ['POSTHORN_OPT_OUT_WORDS', 'en,de,EN', 'en more than once'],
    ['POSTHORN_WORD_REPLIES', 'bye', 'is not JSON'],
    ['POSTHORN_WORD_REPLIES', '[]', 'write it like'],
    ['POSTHORN_WORD_REPLIES', '{"it":{"stop":"Ciao."}}', 'it is not a set of words: choose among en'],
    ['POSTHORN_WORD_REPLIES', '{"en":{"halt":"Bye."}}', 'en has something else than stop, start and help (halt)'],
    ['POSTHORN_WORD_REPLIES', '{"en":{"stop":" "}}', 'en.stop is empty'],
    ['POSTHORN_WORD_REPLIES', '{"en":{"help":7}}', 'en.help is not what is expected'],
    ['POSTHORN_WORD_REPLIES', '{"en":{"help":"Help!"}}', 'en.help is one of the words itself'],
    ['POSTHORN_WORD_REPLIES', `{"en":{"help":"${'x'.repeat(1601)}"}}`, 'en.help is longer than 1600 characters'],
    ['POSTHORN_ENCRYPTION_KEYS', 'a:AAAA', 'AES-256 takes 32'],
    ['POSTHORN_ENCRYPTION_KEYS', 'no-colon', 'keyId:key'],
    ['POSTHORN_DEFAULT_POLICY', '{', 'is not JSON'],
    ['POSTHORN_DEFAULT_POLICY', '{"maxAttempts":0,"deliveryTimeout":"soon"}', 'deliveryTimeout is not a duration'],
  ])('%s=%s is refused by the API with the remedy', (name, value, part) => {
    const problems = apiProblems({ [name]: value });
    expect(Object.keys(problems)).toEqual([name]);
    expect(problems[name]).toContain(part);
  });

  test.each([
    ['TWILIO_API_KEY_SID', `AC${'0'.repeat(32)}`, 'an API key SID starts with SK'],
    ['TWILIO_CONVERSATIONS_SERVICE_SID', `MG${'0'.repeat(32)}`, 'a conversation service SID starts with IS'],
    ['TWILIO_MESSAGING_SERVICE_SID', `IS${'0'.repeat(32)}`, 'a messaging service SID starts with MG'],
    ['TWILIO_API_BASE_URL', 'ftp://x', 'base URL'],
  ])('%s=%s is refused by the worker with the remedy', (name, value, part) => {
    const problems = workerProblems({ [name]: value });
    expect(Object.keys(problems)).toEqual([name]);
    expect(problems[name]).toContain(part);
  });

  test('is told without repeating what is secret', () => {
    const secrets = {
      POSTHORN_API_KEYS: 'hush-1',
      TWILIO_AUTH_TOKEN: 'hush 2',
      TWILIO_API_KEY_SECRET: 'hush 3',
      POSTHORN_ENCRYPTION_KEYS: 'hush-4',
      DATABASE_URL: 'hush-5://user:hush@host/db',
    };
    for (const load of [loadApiConfig, loadWorkerConfig]) {
      const problems = problemsOf(() => load({ ...VALID, ...secrets }));
      expect(Object.keys(problems).length).toBeGreaterThanOrEqual(3);
      expect(JSON.stringify(problems)).not.toContain('hush');
    }
  });
});
