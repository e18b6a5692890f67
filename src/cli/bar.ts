/** Blocks of one to seven eighths of a character, from the left. Source: https://www.unicode.org/charts/PDF/U2580.pdf */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const WHOLE = '█';

/**
 * A bar of block characters, filled up with blanks to `width`. What is not nothing is at least an eighth of a character.
 * @param value from 0 to `most`.
 */
export function bar(value: number, most: number, width: number): string {
  const length = most === 0 ? 0 : Math.round((value / most) * width * EIGHTHS.length);
  const eighths = value > 0 ? Math.max(length, 1) : 0;
  const text = WHOLE.repeat(Math.floor(eighths / EIGHTHS.length)) + (EIGHTHS[eighths % EIGHTHS.length] ?? '');
  return text.padEnd(width);
}
