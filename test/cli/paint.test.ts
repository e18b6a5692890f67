import { paintFor } from '../../src/cli/paint';

test('a terminal with colours gets them', () => {
  expect(paintFor({ isTTY: true, hasColors: () => true }).good('fine')).toBe('\u001b[32mfine\u001b[39m');
});

test.each([
  ['no terminal', {}],
  ['a file', { isTTY: false, hasColors: () => true }],
  ['a terminal that is told to have none', { isTTY: true, hasColors: () => false }],
])('%s gets none', (_what, stream) => {
  expect(paintFor(stream).bad('wrong')).toBe('wrong');
});
