import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '../..');
const FOLDERS = ['src', 'workflows', 'activities', 'scripts', 'bench', 'test'];

/** A name that does not say of what the identifier is. Types may be called so, what holds a value may not. */
const BARE = /^_?sids?$/i;

/**
 * Where Twilio or the outside has given the name: keys of objects only. A variable or a parameter is ours everywhere.
 */
const KEYS_NAMED_OUTSIDE: readonly { readonly files: RegExp; readonly why: string }[] = [
  { files: /^src\/simulator\/formatters\//, why: "the bodies of Twilio's answers" },
  { files: /^src\/(request\/content-fields|cli\/request-of-options)\.ts$/, why: 'content.sid of a request' },
  { files: /^test\//, why: "requests with content.sid, and bodies of Twilio's answers" },
];

interface Finding {
  readonly where: string;
  readonly isKey: boolean;
}

test.each(FOLDERS)('in %s nothing that holds an identifier is called just "sid"', (folder) => {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && path.basename(file) !== path.basename(__filename))
    .map((file) => path.posix.join(folder, ...file.split(path.sep)));
  expect(files).not.toHaveLength(0);
  const findings = files.flatMap((file) => {
    const mayHaveKeys = KEYS_NAMED_OUTSIDE.some(({ files: named }) => named.test(file));
    return findingsIn(file, readFileSync(path.join(ROOT, file), 'utf8')).filter(({ isKey }) => !isKey || !mayHaveKeys);
  });
  expect(findings.map(({ where }) => where)).toEqual([]);
});

test('no column is called just "sid"', () => {
  const schema = readFileSync(path.join(ROOT, 'src/database/schema.sql'), 'utf8');
  const columns = [...schema.matchAll(/^ {2}(\w+) \w/gm)].map(([, name = '']) => name);
  expect(columns).toContain('message_sid');
  expect(columns.filter((name) => BARE.test(name))).toEqual([]);
});

test.each([
  ['const sid = 1;', 1],
  ['let sids: string[];', 1],
  ['function f(sid: string) {}', 1],
  ['const f = ({ sid }: X) => 1;', 1],
  ['const { sid } = answer;', 1],
  ['const { conversation: { sid } } = answer;', 1],
  ['interface X { readonly sid: string }', 1],
  ['class X { sid = 1 }', 1],
  ['logger.info({ sid: messageSid });', 1],
  ["logger.info({ 'sid': messageSid });", 1],
  ['logger.info({ sid });', 1],
  ['query(`select message_sid as "sid" from attempts`);', 1],
  ["command.option('--conversation <sid>');", 1],
  ['const { sid: messageSid } = answer;', 0],
  ['parseSid(created.sid);', 0],
  ['type Sid = string;', 0],
  ['const messageSid = 1;', 0],
])('%s', (code, count) => {
  expect(findingsIn('planted.ts', code)).toHaveLength(count);
});

function findingsIn(file: string, code: string): Finding[] {
  if (!/sid/i.test(code)) {
    return [];
  }
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const findings: Finding[] = [];
  const visit = (node: ts.Node): void => {
    const isKey = isNamedKey(node);
    if (isKey || isNamedValue(node) || isTextWithName(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      findings.push({ where: `${file}:${line + 1} ${node.getText(source).slice(0, 80)}`, isKey });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

/** A variable, a parameter, or what is taken out of an object under its own name. */
function isNamedValue(node: ts.Node): boolean {
  const declares = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
  return (
    (declares || ts.isShorthandPropertyAssignment(node)) && ts.isIdentifier(node.name) && BARE.test(node.name.text)
  );
}

function isNamedKey(node: ts.Node): boolean {
  const declares = ts.isPropertyAssignment(node) || ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
  return declares && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) && BARE.test(node.name.text);
}

/** The name of a column that a statement selects, or of an argument of a command. */
function isTextWithName(node: ts.Node): boolean {
  const isText = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
  return isText && /\bas "sids?"|[<[]sids?[>\]]/i.test(node.getText());
}
