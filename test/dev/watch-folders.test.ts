import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FolderWatch, watchFolders } from '../../src/dev/watch-folders';
import { until } from '../support/until';

let root: string;
let watched: FolderWatch;
let changes: (readonly string[])[];

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'posthorn-test-')));
  await mkdir(join(root, 'old'));
  changes = [];
  watched = watchFolders([root], (paths) => changes.push(paths));
});

afterEach(async () => {
  watched.stop();
  await rm(root, { recursive: true });
});

const isTold = (path: string) => () => changes.flat().includes(path);

test('tells of a change in a folder below, once for all files that change together', async () => {
  const [one, two] = [join(root, 'old', 'one.ts'), join(root, 'old', 'two.ts')];
  await Promise.all([writeFile(one, '1'), writeFile(two, '2')]);
  await until('the change is told', isTold(one));
  expect(changes).toHaveLength(1);
  expect([...(changes[0] ?? [])].sort()).toEqual([one, two]);
});

test('a folder that is made later is watched too, and one that is removed does no harm', async () => {
  const folder = join(root, 'new');
  await mkdir(folder);
  await until('the folder is told', isTold(folder));
  const file = join(folder, 'one.ts');
  await writeFile(file, '1');
  await until('the file is told', isTold(file));
  await rm(folder, { recursive: true });
  const other = join(root, 'old', 'other.ts');
  await writeFile(other, '1');
  await until('another file is told', isTold(other));
});
