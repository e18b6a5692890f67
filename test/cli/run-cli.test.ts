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
  [['send'], "missing required argument 'to': give the recipient, or --conversation"],
  [['send', '+12025550123'], "missing required argument 'body': give the text, --template or --media"],
  [['send', '--conversation', 'CH1', 'Hello', 'there'], 'with --conversation give only the text'],
  [['send', '+12025550123', 'Hello', '--variable', '1=Ann'], '--variable is for a template: give --template too'],
  [['send', '+12025550123', 'Hello', '--whatsapp-variable', '1=Ann'], 'give --whatsapp-template too'],
  [['send', '+12025550123', 'Hello', '--metadata', 'order'], 'It is not of the form name=text: write such as'],
  [
    ['send', '+12025550123', 'Hello', '--metadata', 'a=1', '--metadata', 'a=2'],
    'It gives a a second text: give each name once.',
  ],
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

test.each<[readonly string[], readonly string[]]>([
  [
    ['+1202', 'Hello', '--category', 'spam'],
    ['to has too few digits', '--category is not known: give security, alert, notification or marketing'],
  ],
  [
    ['+12025550123', 'Hello', '--send-at', '2026-01-31T08:00:00'],
    ['--send-at is not a moment: write ISO 8601 with an offset from UTC, such as'],
  ],
  [
    ['+12025550123', 'Hello', '--expires-at', 'tomorrow', '--time-zone', 'Berlin'],
    ['--time-zone is not a time zone: give its IANA name', '--expires-at is not a moment: write ISO 8601'],
  ],
  [
    ['+12025550123', 'Hello', '--expires-at', '2026-01-31T08:00:00Z', '--time-to-live', '5m'],
    ['--time-to-live cannot go with --expires-at: give one of the two'],
  ],
  [
    ['+12025550123', 'Hello', '--send-at', '2027-01-31T08:00:00Z', '--expires-at', '2027-01-31T08:00:00Z'],
    ['--expires-at is not after --send-at: give a later one'],
  ],
  [['+12025550123', 'Hello', '--time-to-live', 'soon'], ['--time-to-live is not a duration: write a number']],
  [['+12025550123', 'Hello', '--ignore-quiet-hours', ' '], ['--ignore-quiet-hours is empty: say why it cannot wait']],
  [['+12025550123', 'Hello', '--callback-url', 'ftp://x'], ['--callback-url is not an address: give an https URL']],
  [
    ['+12025550123', 'Hello', '--metadata', `order=${'x'.repeat(501)}`, '--metadata', ' a b =\0'],
    ['--metadata order is longer than 500 characters: shorten it', '--metadata [" a b "] has a NUL character'],
  ],
  [['+12025550123', 'Hello', '--template', `HX${'a'.repeat(32)}`], ['--template cannot go with body: give one']],
  [
    ['+12025550123', '--template', `HX${'a'.repeat(32)}`, '--media', `ME${'a'.repeat(32)}`],
    ['--media cannot go with content: give the media in the template'],
  ],
  [
    ['--conversation', `CH${'a'.repeat(32)}`, 'Hello', '--from', '+12025550100'],
    ['--from cannot go with --conversation: remove it'],
  ],
  [['+12025550123', 'Hello', '--policy', '{"maxAttempts":0}'], ['policy.maxAttempts ']],
])('posthorn send %j names each option that is wrong, and the remedy', async (args, messages) => {
  const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/none', TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const { exitCode, complained, written } = await run(['send', ...args, '--tenant', 'acme'], environment);
  expect({ exitCode, written }).toEqual({ exitCode: 2, written: '' });
  const lines = complained.split('\n').filter((line) => line.startsWith('  '));
  expect(lines).toHaveLength(messages.length);
  messages.forEach((message) => expect(complained).toContain(`  ${message}`));
});

test('a database that cannot be reached is a failure with a remedy', async () => {
  const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/none', TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const { exitCode, complained } = await run(['show', 'msg_1'], environment);
  expect(exitCode).toBe(1);
  expect(complained).toContain('DATABASE_URL');
});
