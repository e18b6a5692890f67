import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createRecipients } from '../recipients';

const RECIPIENTS = 20_000;
const DAY_MS = 86_400_000;

/**
 * Writes a list of opt-outs of numbers that nobody has: every recipient once for each of as many senders as it takes.
 * @param year when they were said; rows of different years are different rows about the same.
 */
export async function writeRows(file: string, rows: number, year: number): Promise<void> {
  const firstDayMs = Date.UTC(year, 0, 1);
  const numbers = createRecipients().take(RECIPIENTS + Math.ceil(rows / RECIPIENTS));
  const senders = numbers.slice(RECIPIENTS);
  function* lines(): Generator<string> {
    yield 'phone,sender,status,date,comment\n';
    for (let row = 0; row < rows; row += 1) {
      const sender = senders[Math.floor(row / RECIPIENTS)] ?? '';
      const at = new Date(firstDayMs + (row % 365) * DAY_MS).toISOString();
      yield `${numbers[row % RECIPIENTS] ?? ''},${sender},unsubscribed,${at},"list ${row % 7}, from the shop"\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}
