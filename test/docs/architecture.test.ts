import { readdirSync } from 'node:fs';
import path from 'node:path';
import { codeBlock, readDocument, tableRows } from './markdown';

test('docs/architecture.md says of every folder of src what is in it, and of no other', () => {
  const entries = readdirSync(path.join(__dirname, '../../src'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const block = codeBlock(readDocument('docs/architecture.md'), 'text');
  const documented = [...block.matchAll(/^ {2}([a-z-]+)\/ /gm)].map(([, name]) => name);
  expect(documented.sort()).toEqual(folders.sort());
});

test('docs/architecture.md has every table of the database, and no other', () => {
  const [, text = ''] = readDocument('docs/architecture.md').split('## What is in which table');
  const tables = [...readDocument('src/database/schema.sql').matchAll(/^create table (\w+)/gm)].map(([, name]) => name);
  expect(tables).not.toHaveLength(0);
  expect(
    tableRows(text)
      .map(([name]) => name)
      .sort(),
  ).toEqual(tables.sort());
});
