import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { digestRows, type NamedCells, type RowsDigest } from '../../bench/imports/digest-rows';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'posthorn-digest-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function digestOf(text: string): Promise<RowsDigest> {
  const file = path.join(folder, 'rows.csv');
  await writeFile(file, text);
  return await digestRows(file, ({ address = '', reason = '' }: NamedCells) => [address, reason]);
}

it('is the same whatever the order of rows and columns', async () => {
  const one = await digestOf('address,reason\n+1,"a, b"\n+2,c\n+2,c\n');
  expect(one.rows).toBe(3);
  expect(one.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(await digestOf('other,reason,address\nx,c,+2\ny,"a, b",+1\nz,c,+2\n')).toEqual(one);
});

it.each([
  ['a cell differs', 'address,reason\n+1,a\n+2,d\n'],
  ['cells have changed places', 'address,reason\n+1,c\n+2,a\n'],
  ['a row is missing', 'address,reason\n+1,a\n'],
  ['a row is there twice, another not', 'address,reason\n+1,a\n+1,a\n'],
])('is another when %s', async (_what, text) => {
  const { digest } = await digestOf('address,reason\n+1,a\n+2,c\n');
  expect((await digestOf(text)).digest).not.toBe(digest);
});

it('sees two rows that are there twice', async () => {
  const { digest } = await digestOf('address,reason\n');
  expect((await digestOf('address,reason\n+1,a\n+1,a\n')).digest).not.toBe(digest);
});
