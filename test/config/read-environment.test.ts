import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnvironment } from '../../src/config/environment';

const folder = mkdtempSync(path.join(tmpdir(), 'posthorn-env-'));
const file = path.join(folder, '.env');

afterAll(() => {
  rmSync(folder, { recursive: true });
  delete process.env['POSTHORN_TEST_A'];
});

test('what the process was started with wins over the file, and process.env stays as it is', () => {
  process.env['POSTHORN_TEST_A'] = 'process';
  writeFileSync(file, '# a comment\nPOSTHORN_TEST_A=file\nPOSTHORN_TEST_B="from the file"\n');
  expect(readEnvironment(file)).toMatchObject({ POSTHORN_TEST_A: 'process', POSTHORN_TEST_B: 'from the file' });
  expect(process.env['POSTHORN_TEST_B']).toBeUndefined();
});

test('a file that is not there is no problem', () => {
  expect(readEnvironment(path.join(folder, 'none'))['POSTHORN_TEST_A']).toBe('process');
});
