import { EXIT_CODES } from '../../src/cli/exit-codes';
import { checksFor } from '../../src/doctor/checks';
import { parseSid } from '../../src/domain/sid';
import { readDocument, section, tableRows } from './markdown';

const document = readDocument('docs/doctor.md');

test('docs/doctor.md has every check in its order, with what it needs and builds on', () => {
  const checks = checksFor(parseSid(`CH${'0'.repeat(32)}`, 'CH'));
  const documented = tableRows(section(document, 'checks'));
  const plain = (cell = ''): string => cell.replaceAll('`', '');
  expect(documented.map(([name, needs, after]) => [name, plain(needs), plain(after)])).toEqual(
    checks.map(({ after, name, needs }) => [name, needs.join(', '), after.join(', ')]),
  );
  for (const [name, , , red = '', yellow = ''] of documented) {
    expect({ name, says: `${red}${yellow}` }).toEqual({ name, says: expect.stringMatching(/\w/) as string });
  }
});

test('docs/doctor.md has the exit codes', () => {
  const [beforeChecks = ''] = document.split('## Checks');
  const documented = tableRows(beforeChecks).map(([code]) => Number(code));
  expect(documented).toEqual([EXIT_CODES.ok, EXIT_CODES.failed, EXIT_CODES.usage]);
});
