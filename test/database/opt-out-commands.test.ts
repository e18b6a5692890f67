import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runCli } from '../../src/cli/run-cli';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { readText } from '../support/read-text';

let clone: TestDatabase;
let folder: string;

beforeAll(async () => {
  clone = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'posthorn-test-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await clone.drop();
});

/** Runs `posthorn opt-outs …`; Temporal is not needed for it. */
async function optOuts(args: readonly string[], typed = '') {
  let written = '';
  let complained = '';
  const output = new PassThrough();
  const exitCode = await runCli(['opt-outs', ...args], {
    readEnvironment: () => ({ DATABASE_URL: clone.url, TEMPORAL_ADDRESS: '127.0.0.1:1' }),
    processEnvironment: {},
    write: (text) => (written += text),
    complain: (text) => (complained += text),
    input: Readable.from([Buffer.from(typed)]),
    output,
  });
  output.end();
  return { exitCode, written, complained, output: await readText(output) };
}

test('a file is tried, imported, listed, and exported to a file and to standard output', async () => {
  const file = path.join(folder, 'list.csv');
  await writeFile(file, 'Fon;comment\n+12025550101;letter\n555;\n+12025550102;=1\n');
  const dry = await optOuts(['import', file, '--map', 'address=fon', '--dry-run']);
  expect(dry).toMatchObject({
    exitCode: 1,
    written:
      'Columns: address from "Fon", reason from "comment".\nRows 3: 2 would be added, 0 known, 1 wrong. Nothing was written.\n',
    complained: expect.stringMatching(/^line 3: address has no country code: write \+.*\n$/) as string,
  });
  const done = await optOuts(['import', file, '--map', 'address=fon', '--by', 'Ada']);
  expect(done.written).toContain('Rows 3: 2 added, 0 known, 1 wrong; 2 states changed.\n');

  const listed = await optOuts(['list', '--source', 'import', '--channel', 'any', '--opted-out', 'true']);
  expect(listed.written).toMatch(/\+1 202 ••• ••02 .*opted out.*any.*any.*any.*import.*Ada/);
  const json = JSON.parse((await optOuts(['list', '--json', '--limit', '1'])).written) as { optOuts: unknown[] };
  expect(json.optOuts).toHaveLength(1);

  const { output } = await optOuts(['export', '--history']);
  expect(output).toMatch(/^address,.*\n\+12025550101,.*,letter,import,row [0-9a-f]+,Ada\n\+12025550102,.*,'=1,.*\n$/);
  const copy = path.join(folder, 'copy.csv');
  await optOuts(['export', copy]);
  const state = await readFile(copy, 'utf8');
  expect(await optOuts(['import', '-'], state)).toMatchObject({
    exitCode: 0,
    complained: '',
    written: expect.stringContaining('Rows 2: 0 added, 2 known, 0 wrong; 0 states changed.') as string,
  });
});

test.each([
  [['import', 'no-such-file.csv'], '', 'The file cannot be read (ENOENT): give its path, or - for standard input.'],
  [
    ['import', '-'],
    'Name\nAda\n',
    'the file has the columns "Name"; name the one with the phone numbers with --map address=<column>',
  ],
  [['import', '-', '--map', 'fon'], '', 'It is not of the form field=column'],
  [['delete', '+12025550101'], '', "required option '--reason <text>' not specified"],
  [['delete', '+12025550101', '--reason', ' '], '', 'It is empty: give the reason in words'],
  [['list', '--opted-out', 'maybe'], '', 'Give true or false'],
  [['put', '+12025550101', '--sender', 'Acme'], '', 'It has letters in it'],
])('%j is called in a wrong way', async (args, typed, message) => {
  const { complained, exitCode, written } = await optOuts(args, typed);
  expect({ exitCode, written }).toEqual({ exitCode: 2, written: '' });
  expect(complained).toContain(message);
});

test('an opt-out by hand has the scope of its options, and a lift takes back that very one', async () => {
  const address = '+12025550111';
  const scope = ['--sender', '+1 202 555 0100', '--channel', 'whatsapp', '--category', 'marketing'];
  const put = await optOuts(['put', address, ...scope]);
  const expected = { sender: '+12025550100', channel: 'whatsapp', category: 'marketing' };
  expect(JSON.parse(put.written)).toMatchObject({ optedOut: true, scopes: [expected] });
  await optOuts(['delete', address, '--reason', 'asked again']);
  const { history } = JSON.parse((await optOuts(['history', address])).written) as { history: object[] };
  expect(history).toMatchObject([
    { ...expected, optedOut: true },
    { ...expected, optedOut: false },
  ]);
});

test('an operator is named in the history, and lifting keeps it', async () => {
  const address = '+12025550110';
  await optOuts(['put', address, '--by', 'Ada']);
  await optOuts(['delete', address, '--reason', 'asked again', '--by', 'Bob']);
  const { history } = JSON.parse((await optOuts(['history', address])).written) as { history: object[] };
  expect(history).toMatchObject([
    { optedOut: true, source: 'operator', actor: 'Ada', reason: null },
    { optedOut: false, source: 'operator', actor: 'Bob', reason: 'asked again' },
  ]);
});
