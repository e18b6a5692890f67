import { API_VARIABLES } from '../../src/config/api-config';
import { SETUP_VARIABLES } from '../../src/config/setup-config';
import { TEMPORAL_VARIABLES } from '../../src/config/temporal-config';
import { WORKER_VARIABLES } from '../../src/config/worker-config';
import { documentPaths, readDocument } from './markdown';

const own = new Set<string>([
  ...Object.keys({ ...API_VARIABLES, ...WORKER_VARIABLES, ...SETUP_VARIABLES }),
  ...TEMPORAL_VARIABLES,
]);

/** Names that are read elsewhere: by the local stack, the examples, and the other images of the compose file. */
const elsewhere = new Set([
  'TEMPORAL_CLI_PATH',
  'POSTHORN_URL',
  'POSTHORN_KEY',
  'POSTHORN_DB_PASSWORD',
  'TEMPORAL_DB_PASSWORD',
]);

const isOfCompose = (name: string): boolean => name.endsWith('_PUBLISHED_PORT');

test.each(documentPaths())('%s names no variable that does not exist', (file) => {
  const named = [...readDocument(file).matchAll(/\b(?:POSTHORN|TWILIO|TEMPORAL)_[A-Z_]*[A-Z]\b/g)].map(
    ([name]) => name,
  );
  const unknown = named.filter((name) => !own.has(name) && !elsewhere.has(name) && !isOfCompose(name));
  expect(unknown).toEqual([]);
});

test.each(documentPaths())('%s names no npm script that does not exist', (file) => {
  const { scripts = {} } = JSON.parse(readDocument('package.json')) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  const named = [...readDocument(file).matchAll(/\bnpm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
