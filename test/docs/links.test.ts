import { existsSync } from 'node:fs';
import path from 'node:path';
import { documentPaths, readDocument } from './markdown';

const ROOT = path.join(__dirname, '../..');

test.each(documentPaths())('every link inside the repository in %s leads somewhere', (file) => {
  const links = [...readDocument(file).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => link);
  expect(links.filter((link) => !leadsSomewhere(file, link))).toEqual([]);
});

test('every decision is in the list of decisions', () => {
  const listed = [...readDocument('docs/decisions/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/g)].map(
    ([, name]) => `docs/decisions/${name}`,
  );
  const present = documentPaths().filter((file) => /^docs\/decisions\/\d{4}-/.test(file));
  expect(listed).toEqual(present);
});

test.each(documentPaths())('every path of a file that %s names is there', (file) => {
  const named = [...readDocument(file).matchAll(/`((?:src|workflows|activities|test)\/[\w./-]+)`/g)].map(
    ([, name = '']) => name,
  );
  expect(named.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
});

function leadsSomewhere(file: string, link: string): boolean {
  const [target = '', anchor] = link.split('#');
  const to = target === '' ? file : path.join(path.dirname(file), target);
  return existsSync(path.join(ROOT, to)) && (anchor === undefined || anchorsOf(to).includes(anchor));
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(file: string): string[] {
  return [...readDocument(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replace(/ /g, '-'),
  );
}
