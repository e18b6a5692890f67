import { loadApiConfig } from '../../src/config/api-config';
import { ConfigError } from '../../src/config/config-error';
import { type Environment } from '../../src/config/environment';
import { loadWorkerConfig } from '../../src/config/worker-config';
import { VALID } from './environments';

const keyOf = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');
const OLD = `whsec_${keyOf(24)}`;
const NEW = `whsec_${keyOf(64)}`;

function problemOf(overrides: Environment): string {
  try {
    loadWorkerConfig({ ...VALID, ...overrides });
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems.map(({ variable, problem }) => `${variable} ${problem}`).join('\n');
    }
    throw error;
  }
  return '';
}

test('several secrets of a tenant are kept for the worker; the API knows only whose they are', () => {
  const environment = {
    ...VALID,
    POSTHORN_CALLBACK_SECRETS: `acme:${OLD}, acme:${NEW},globex:${OLD}`,
    POSTHORN_CALLBACK_ALLOW_PRIVATE: 'true',
  };
  expect(loadWorkerConfig(environment).callbacks).toEqual({
    allowPrivate: true,
    secrets: [
      { tenant: 'acme', secret: OLD },
      { tenant: 'acme', secret: NEW },
      { tenant: 'globex', secret: OLD },
    ],
  });
  const api = loadApiConfig(environment);
  expect(api.callbacks).toEqual({ allowPrivate: true, tenants: ['acme', 'globex'] });
  expect(JSON.stringify(api)).not.toContain('whsec_');
});

test('nobody is called, and nothing private, unless it is said', () => {
  expect(loadWorkerConfig(VALID).callbacks).toEqual({ allowPrivate: false, secrets: [] });
  expect(loadApiConfig(VALID).callbacks).toEqual({ allowPrivate: false, tenants: [] });
});

test.each([
  ['no tenant', NEW, 'is not tenant:whsec_…'],
  ['no whsec_', `acme:${keyOf(32)}`, 'is not tenant:whsec_…'],
  ['no base64', 'acme:whsec_?????', 'is not tenant:whsec_…'],
  ['a short key', `acme:whsec_${keyOf(23)}`, 'has a key of 23 bytes: write 24 to 64 bytes'],
  ['a long key', `acme:whsec_${keyOf(65)}`, 'has a key of 65 bytes: write 24 to 64 bytes'],
  ['a bad second entry', `acme:${OLD},globex`, 'entry 2 is not tenant:whsec_…'],
])('a secret with %s is refused without being repeated', (_what, secrets, problem) => {
  const said = problemOf({ POSTHORN_CALLBACK_SECRETS: secrets });
  expect(said).toContain(`POSTHORN_CALLBACK_SECRETS ${problem}`);
  expect(said).not.toContain(keyOf(18));
});

test('ALLOW_PRIVATE is true or false', () => {
  expect(problemOf({ POSTHORN_CALLBACK_ALLOW_PRIVATE: 'yes' })).toBe(
    'POSTHORN_CALLBACK_ALLOW_PRIVATE is neither true nor false: write one of them',
  );
});
