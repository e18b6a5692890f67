import { SID_KINDS, SID_PREFIXES } from '../../src/domain/sid-kinds';
import { describeWrongSid } from '../../src/domain/sid';
import { codeBlock, readDocument, section, tableRows } from './markdown';

const text = readDocument('docs/identifiers.md');

test('docs/identifiers.md has every kind of identifier, as the code has it, and no other', () => {
  const documented = tableRows(section(text, 'kinds')).map(([prefix, name, , , expected = '']) => [
    prefix,
    name,
    expected.replaceAll('`', ''),
  ]);
  const inCode = SID_PREFIXES.map((prefix) => {
    const { belongsTo, name } = SID_KINDS[prefix];
    return [prefix, name.replaceAll('"', ''), belongsTo.length === 0 ? 'nowhere' : belongsTo.join(', ')];
  });
  expect(documented).toEqual(inCode);
});

test('docs/identifiers.md says of every kind where it comes from and where it goes', () => {
  const rows = tableRows(section(text, 'kinds'));
  expect(rows.filter(([, , from = '', to = '']) => from === '' || to === '')).toEqual([]);
});

test('the sentence that docs/identifiers.md quotes is the one that the code says', () => {
  const sentence = describeWrongSid(`CN${'0'.repeat(32)}`, 'AP');
  expect(codeBlock(text, 'text').trim()).toBe(`TWILIO_APPLICATION_SID ${sentence}`);
});
