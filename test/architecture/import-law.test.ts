import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const DEPCRUISE = path.join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

/** Runs the import law over the folders of a tree. */
function cruise(tree: string): { status: number | null; output: string } {
  const args = [
    DEPCRUISE,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    'src',
    'workflows',
    'activities',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

it('is kept by the whole tree', () => {
  expect(cruise(ROOT)).toEqual({
    status: 0,
    output: expect.stringContaining('no dependency violations found') as string,
  });
});

describe('a planted breach', () => {
  let tree: string;
  beforeAll(() => {
    tree = mkdtempSync(path.join(tmpdir(), 'posthorn-law-'));
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      cpSync(path.join(ROOT, file), path.join(tree, file));
    }
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
    for (const folder of [
      'src/domain',
      'src/database',
      'src/http',
      'src/simulator',
      'src/checker',
      'workflows',
      'activities',
    ]) {
      mkdirSync(path.join(tree, folder), { recursive: true });
    }
    const files = {
      'src/database/store.ts': `export const store = 1;\nexport interface Store { readonly one: 1 }\n`,
      'src/simulator/thing.ts': `export const thing = 1;\n`,
      'src/domain/impure.ts': `import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n`,
      'workflows/open.ts': `import { store } from '../src/database/store';\nexport const one = store;\n`,
      'workflows/closed.ts': `import { type Store } from '../src/database/store';\nexport const one: Store = { one: 1 };\n`,
      'activities/greedy.ts': `import { store } from '../src/database/store';\nexport const one = store;\n`,
      'src/http/driver.ts': `import knex from 'knex';\nexport const make = knex;\n`,
      'src/checker/check.ts': `import { store } from '../database/store';\nexport const check = store;\n`,
      'src/http/checked.ts': `import { check } from '../checker/check';\nexport const one = check;\n`,
      'src/database/leak.ts': `import { thing } from '../simulator/thing';\nexport const one = thing;\n`,
    };
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(path.join(tree, file), text);
    }
  });
  afterAll(() => rmSync(tree, { recursive: true }));

  it('is named with its rule and its file, and a type import is none', () => {
    const { status, output } = cruise(tree);
    expect(status).not.toBe(0);
    expect(output).toContain('domain-is-pure: src/domain/impure.ts');
    expect(output).toContain('workflows-are-closed: workflows/open.ts');
    expect(output).toContain('activities-get-their-parts: activities/greedy.ts');
    expect(output).toContain('http-knows-no-drivers: src/http/driver.ts');
    expect(output).toContain('simulator-is-apart: src/database/leak.ts');
    expect(output).toContain('checker-is-apart: src/http/checked.ts');
    expect(output).toContain('checker-judges-by-itself: src/checker/check.ts');
    expect(output).not.toContain('workflows/closed.ts');
  });
});
