import { API_VARIABLES, loadApiConfig } from '../../src/config/api-config';
import { loadSetupConfig } from '../../src/config/setup-config';
import { loadWorkerConfig, WORKER_VARIABLES } from '../../src/config/worker-config';
import { readMainSettings } from '../../src/simulator/main-settings';
import { readDocument } from './markdown';

const compose = readDocument('docker-compose.yml');

/** Every `NAME: value` of the file with Compose's defaults filled in. Of a name that is there twice, the last value. */
const development = Object.fromEntries(
  [...compose.matchAll(/^ +([A-Z][A-Z_]*): (.*)$/gm)].map(([, name = '', value = '']) => [name, withDefaults(value)]),
);

test('the development defaults of docker-compose.yml are a configuration that API, worker, setup and simulator take', () => {
  expect(loadApiConfig(development)).toMatchObject({ port: 3000, tenantKeys: [{ tenant: 'local' }] });
  expect(loadWorkerConfig(development).twilio.baseUrl).toBe('http://simulator:4010');
  expect(loadSetupConfig(development).temporal.connectionOptions.address).toBe('temporal:7233');
  expect(readMainSettings(development).options).toMatchObject({ host: '0.0.0.0', port: 4010 });
});

test('docker-compose.yml hands on every variable of API and worker', () => {
  const missing = Object.keys({ ...API_VARIABLES, ...WORKER_VARIABLES }).filter((name) => !(name in development));
  expect(missing).toEqual([]);
});

test('docker-compose.yml publishes on the loopback address only, and pins every image', () => {
  const ports = [...compose.matchAll(/^ +ports: \['([^']*)'\]$/gm)].map(([, port]) => port);
  const images = [...compose.matchAll(/^ +image: (.*)$/gm)].map(([, image]) => image);
  expect(ports).not.toHaveLength(0);
  ports.forEach((port) => expect(port).toMatch(/^127\.0\.0\.1:/));
  images.forEach((image) => expect(image).toMatch(/^(posthorn:local|[\w./-]+:\d+\.\d+[\w.-]*)$/));
});

function withDefaults(value: string): string {
  return value.replace(/^'(.*)'$/, '$1').replace(/\$\{[A-Z_]+:?-([^}]*)\}/g, '$1');
}
