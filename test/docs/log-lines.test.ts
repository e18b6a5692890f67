import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readDocument, section, tableRows } from './markdown';

test('every log line that docs/operations.md explains is one that the code writes', () => {
  const files = readdirSync(path.join(__dirname, '../../src'), { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => file.endsWith('.ts')).map((file) => readDocument(path.join('src', file)));
  const lines = tableRows(section(readDocument('docs/operations.md'), 'log-lines')).map(([line = '']) => line);
  expect(lines).not.toHaveLength(0);
  expect(lines.filter((line) => !code.some((text) => text.includes(line)))).toEqual([]);
});
