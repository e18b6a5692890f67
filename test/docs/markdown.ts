import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** The text of a file, by its path from the root of the repository. */
export function readDocument(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** Paths of all documents, from the root of the repository. */
export function documentPaths(): string[] {
  const inDocs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const files = [...readdirSync(ROOT), ...inDocs.map((file) => path.posix.join('docs', ...file.split(path.sep)))];
  return files.filter((file) => file.endsWith('.md')).sort();
}

/**
 * What stands between `<!-- name -->` and `<!-- /name -->`.
 * @throws Error when the document has no such section.
 */
export function section(document: string, name: string): string {
  const [, text] = new RegExp(`<!-- ${name}\\b[^]*?-->([^]*?)<!-- /${name} -->`).exec(document) ?? [];
  if (text === undefined) {
    throw new Error(`the document has no section between <!-- ${name} --> and <!-- /${name} -->`);
  }
  return text;
}

/** The rows of the first table of a text, without its head; cells without the marks of code and links. */
export function tableRows(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) => line.slice(1, -1).split('|').map(plainCell));
}

/** The text of the first fenced block of a language. */
export function codeBlock(text: string, language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(text) ?? [];
  if (code === undefined) {
    throw new Error(`there is no block of ${language}`);
  }
  return code;
}

function plainCell(cell: string): string {
  const text = cell.trim().replace(/^\[(.*)\]\(.*\)$/, '$1');
  return /^`[^`]*`$/.test(text) ? text.slice(1, -1) : text;
}
