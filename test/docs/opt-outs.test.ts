import { CATEGORIES, type Category } from '../../src/domain/category';
import { MESSAGE_CHANNELS, type MessageChannel } from '../../src/domain/channel';
import { durationMs } from '../../src/domain/duration';
import { classifyError } from '../../src/domain/error-catalogue';
import { type ScopedStatement, stopFor } from '../../src/domain/opt-out-rule';
import { parseOptOutErrorCodes } from '../../src/domain/opt-out-code';
import { createTextReader } from '../../src/domain/opt-out-word';
import { DEFAULT_SUPPRESSION_CODES, parseSuppressionCodes } from '../../src/domain/suppression-code';
import { WORD_SET_NAMES, WORD_SETS } from '../../src/domain/word-sets';
import { readDocument, section, tableRows } from './markdown';

const document = readDocument('docs/opt-outs.md');
const readText = createTextReader(WORD_SET_NAMES);

const examples = tableRows(section(document, 'word-examples'));

test('there are examples of everything', () => {
  expect(new Set(examples.map(([, takenFor]) => takenFor))).toEqual(
    new Set(['STOP', 'START', 'HELP', 'a person', 'nothing']),
  );
});

test.each(examples)('the example %s is taken for %s', (text = '', takenFor) => {
  const reading = readText(
    text.replace(/\\u([0-9A-F]{4})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16))),
  );
  const shown = { near_word: 'a person', other: 'nothing', word: '' }[reading.kind];
  expect(reading.kind === 'word' ? reading.word.toUpperCase() : shown).toBe(takenFor);
});

test('the table of words has every set as the code has it', () => {
  expect(tableRows(section(document, 'words')).map(([name, , ...words]) => [name, ...words])).toEqual(
    Object.entries(WORD_SETS).map(([name, { stop, start, help }]) => [
      name,
      ...[stop, start, help].map((words) => words.join(', ')),
    ]),
  );
});

/** `10:00 STOP A sms; 11:00 START any` */
function statementsIn(text: string): ScopedStatement[] {
  return text
    .split(';')
    .filter((said) => said.trim() !== '')
    .map((said) => {
      const [time = '', word = '', ...parts] = said.trim().split(' ');
      expect(time).toMatch(/^\d\d:\d\d$/);
      expect(['STOP', 'START']).toContain(word);
      return { at: `2026-01-01T${time}:00.000Z`, optedOut: word === 'STOP', scope: scopeOf(parts) };
    });
}

function scopeOf(parts: readonly string[]): ScopedStatement['scope'] {
  const channel = MESSAGE_CHANNELS.find((one) => parts.includes(one));
  const category = CATEGORIES.find((one) => parts.includes(one));
  const sender = parts.find((part) => part === 'A' || part === 'B');
  const known = [channel, category, sender, 'any'];
  expect(parts.filter((part) => !known.includes(part))).toEqual([]);
  return {
    ...(sender === undefined ? {} : { sender }),
    ...(channel === undefined ? {} : { channel }),
    ...(category === undefined ? {} : { category }),
  };
}

test.each(tableRows(section(document, 'scope-examples')))(
  'after %s, %s is %s',
  (said = '', about = '', expected = '') => {
    const [sender = '', channel, category] = about.split(', ');
    const message = { sender, channel: channel as MessageChannel, category: category as Category };
    const statements = statementsIn(said);
    for (const order of [statements, statements.toReversed()]) {
      expect(stopFor(order, message) === undefined ? 'sent' : 'held back').toBe(expected);
    }
  },
);

test('the table of suppressions has every code as the code has it', () => {
  const days = (forMs: number): string => `${forMs / durationMs('1 day')} days`;
  expect(tableRows(section(document, 'suppressions'))).toEqual(
    DEFAULT_SUPPRESSION_CODES.map(({ code, forMs }) => [String(code), classifyError(code).meaning, days(forMs)]),
  );
});

test('the examples of codes are taken, and mean what is said of them', () => {
  const [, optOutCodes = ''] = /`POSTHORN_OPT_OUT_ERROR_CODES=([^`]*)`/.exec(document) ?? [];
  expect(parseOptOutErrorCodes(optOutCodes)).toContainEqual({ code: 30007, reach: 'sender' });
  const [, suppressionCodes = ''] =
    /`POSTHORN_SUPPRESSION_CODES` has other codes or times, such as `([^`]*)`/.exec(document) ?? [];
  expect(parseSuppressionCodes(suppressionCodes)).toMatchObject([
    { code: 30005, forMs: durationMs('14d') },
    { code: 21614 },
  ]);
});
