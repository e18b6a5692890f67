import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { API_VARIABLES, loadApiConfig } from '../../src/config/api-config';
import { SETUP_VARIABLES } from '../../src/config/setup-config';
import { TEMPORAL_VARIABLES } from '../../src/config/temporal-config';
import { loadWorkerConfig, WORKER_VARIABLES } from '../../src/config/worker-config';

const example = readFileSync(path.join(__dirname, '../../.env.example'), 'utf8');
const documented = [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);

test('.env.example and the schema have the same names, each once', () => {
  const read = new Set([
    ...Object.keys({ ...API_VARIABLES, ...WORKER_VARIABLES, ...SETUP_VARIABLES }),
    ...TEMPORAL_VARIABLES,
  ]);
  expect([...documented].sort()).toEqual([...read].sort());
});

test('the values of .env.example are valid once the placeholders are filled in', () => {
  const uncommented = example.replace(/^# ([A-Z][A-Z0-9_]*=.)/gm, '$1').replace('TEMPORAL_TLS=true', '');
  const filled = {
    ...parseEnv(uncommented.replace(/x{32}/g, '0'.repeat(32))),
    TWILIO_API_KEY_SECRET: 'secret',
    TWILIO_AUTH_TOKEN: 'token',
  };
  expect(loadApiConfig(filled)).toMatchObject({ port: 3000, logLevel: 'info', defaultPolicy: { maxAttempts: 3 } });
  expect(loadWorkerConfig(filled).twilio.baseUrl).toBe('http://127.0.0.1:4010');
});
