import { runCli } from '../../src/cli/run-cli';
import { type Environment } from '../../src/config/environment';

/** Runs the command line in this process, with nothing but the given environment. */
async function run(args: readonly string[], environment: Environment = {}) {
  let written = '';
  let complained = '';
  const exitCode = await runCli(args, {
    readEnvironment: () => environment,
    processEnvironment: environment,
    write: (text) => (written += text),
    complain: (text) => (complained += text),
  });
  return { exitCode, written, complained };
}

test('help is not a failure', async () => {
  expect(await run(['--help'])).toMatchObject({
    exitCode: 0,
    written: expect.stringContaining('Usage: posthorn') as string,
    complained: '',
  });
});

test('no command at all is told how to call it', async () => {
  const { exitCode, complained } = await run([]);
  expect(exitCode).toBe(2);
  expect(complained).toContain('Usage: posthorn');
});

test.each([
  [['fly'], "unknown command 'fly'"],
  [['send', '+12025550123'], "missing required argument 'body'"],
  [['send', '+12025550123', 'Hello', '--policy', '{oops'], 'It is not JSON: give an object'],
  [['acknowledge', 'msg_1'], "required option '--by <name>' not specified"],
  [['opt-outs', 'show', '2025550123'], 'It has no country code: write +'],
  [['demo', '--simulator-port', '70000'], 'It is not a port: give a whole number from 0'],
  [['dev', '--port', 'x'], 'It is not a port'],
  [['webhooks', '--since', 'yesterday'], 'It is not a moment: write ISO 8601'],
  [['webhooks', '--verdict', 'refused'], 'Allowed choices are accepted, repeated'],
  [['webhooks', '--limit', '0'], 'It is not a number of entries'],
])('%j is called in a wrong way', async (args, message) => {
  const { exitCode, written, complained } = await run(args);
  expect({ exitCode, written }).toEqual({ exitCode: 2, written: '' });
  expect(complained).toContain(message);
  expect(complained).toContain('Run it with --help');
});

test.each([
  [['setup']],
  [['send', '+12025550123', 'Hello']],
  [['show', 'msg_1']],
  [['cancel', 'msg_1']],
  [['webhooks']],
  [['opt-outs', 'show', '+12025550123']],
])('%j lists everything that is wrong with the environment', async (args) => {
  const { exitCode, complained } = await run(args, { DATABASE_URL: 'mysql://somewhere' });
  expect(exitCode).toBe(78);
  expect(complained).toMatch(/^ {2}DATABASE_URL is not a Postgres connection string/m);
  expect(complained).toMatch(/^ {2}TEMPORAL_ADDRESS is missing/m);
});

test('the simulator names what it lacks', async () => {
  const { exitCode, complained } = await run(['simulate']);
  expect(exitCode).toBe(78);
  expect(complained).toContain('TWILIO_ACCOUNT_SID');
  expect(complained).toContain('TWILIO_CONVERSATIONS_SERVICE_SID');
});

test('a message needs a tenant, and nothing is connected to find that out', async () => {
  const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/none', TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const { exitCode, complained } = await run(['send', '+12025550123', 'Hello'], environment);
  expect(exitCode).toBe(2);
  expect(complained).toBe('In whose name? POSTHORN_API_KEYS names none: give --tenant <name>.\n');
});

test('a request that is not valid names its field', async () => {
  const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/none', TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const args = ['send', '+1202', 'Hello', '--tenant', 'acme', '--category', 'spam'];
  const { exitCode, complained } = await run(args, environment);
  expect(exitCode).toBe(2);
  expect(complained).toMatch(/^ {2}to has too few digits/m);
  expect(complained).toMatch(/^ {2}category /m);
});

test('a database that cannot be reached is a failure with a remedy', async () => {
  const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/none', TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const { exitCode, complained } = await run(['show', 'msg_1'], environment);
  expect(exitCode).toBe(1);
  expect(complained).toContain('DATABASE_URL');
});
