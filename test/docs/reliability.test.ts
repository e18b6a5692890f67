import { existsSync } from 'node:fs';
import path from 'node:path';
import { readDocument } from './markdown';

const PROMISES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'];
const ROOT = path.join(__dirname, '../..');

const chapters = readDocument('docs/reliability.md').split(/^## /m).slice(1);
const chapterOf = (promise: string): string => chapters.find((chapter) => chapter.startsWith(`${promise}:`)) ?? '';

test.each(PROMISES)('docs/reliability.md says how %s is kept, and which tests try to break it', (promise) => {
  const chapter = chapterOf(promise);
  expect(chapter).toContain('\nHow:');
  const [, breakers = ''] = chapter.split('Who tries to break it:');
  const named = [...breakers.matchAll(/`(test\/[\w./-]+\.test\.ts)`/g)].map(([, file = '']) => file);
  expect(named).not.toEqual([]);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('docs/reliability.md says what is not promised', () => {
  expect(chapters.some((chapter) => chapter.startsWith('What is not promised\n'))).toBe(true);
});
