import fc from 'fast-check';
import { LONGEST_ROW, readBlocks } from '../../src/opt-outs/csv-blocks';
import { type CsvRow, readRows } from '../../src/opt-outs/csv-rows';
import { detectDelimiter } from '../../src/opt-outs/detect-delimiter';

/** Gives bytes in pieces of that size. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size));
  }
}

async function rowsOf(text: string | Buffer, { delimiter = ',', size = 7 } = {}): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of readRows(readBlocks(inPieces(Buffer.from(text), size)), delimiter)) {
    rows.push(row);
  }
  return rows;
}

test.each([
  ['line feeds', 'a,b\nc,d\n'],
  ['carriage returns too', 'a,b\r\nc,d\r\n'],
  ['no line end after the last row', 'a,b\nc,d'],
  ['a byte order mark', '\uFEFFa,b\nc,d\n'],
  ['quotes', '"a","b"\n"c",d\n'],
])('rows with %s', async (_what, text) => {
  expect(await rowsOf(text)).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['c', 'd'] },
  ]);
});

test('cells in quotes have delimiters, quotes and lines; the row is where it begins, and empty lines count', async () => {
  expect(await rowsOf('a,"b,""c""\r\nd"\n\n"e"";f",\n')).toEqual([
    { line: 1, cells: ['a', 'b,"c"\r\nd'] },
    { line: 4, cells: ['e";f', ''] },
  ]);
});

test('a quote within a cell that does not begin with one is a character', async () => {
  expect(await rowsOf('a 5" pipe,b\n')).toEqual([{ line: 1, cells: ['a 5" pipe', 'b'] }]);
});

test.each([
  ['before rows without quotes', '1,"open\n2,b\n3,c\n'],
  ['before a row with quotes', '1,"open\n2,b\n3,"c"\n'],
  ['in the last row', '2,b\n3,c\n1,"open'],
  ['that closes too early', '1,"o"pen\n2,b\n3,c\n'],
])('a quote that is not closed, %s, costs its own row alone', async (_what, text) => {
  const rows = await rowsOf(text);
  const first = rows.map((row) => ('cells' in row ? row.cells[0] : 'wrong'));
  expect(first.toSorted()).toEqual(['2', '3', 'wrong']);
});

test('a line that is too long is dropped, and nothing behind it', async () => {
  const rows = await rowsOf(`a\n${'x'.repeat(3 * LONGEST_ROW)}\nb\n`, { size: 10_000 });
  expect(rows).toMatchObject([
    { line: 1 },
    { line: 2, problem: expect.stringContaining('is longer than') as string },
    { line: 3 },
  ]);
});

test.each([
  ['in one line', `1,${'x'.repeat(LONGEST_ROW)}\n`],
  ['over many lines', `1,"\n${'2,b\n'.repeat(LONGEST_ROW / 4)}",\n`],
  ['with a quote that is closed far away', `1,"\n${'2,b\n'.repeat(LONGEST_ROW / 4)}\n3,""x,"\n`],
])('a row that is too long %s costs its first line, whatever the size of pieces', async (_what, text) => {
  for (const size of [20_000, text.length + 4]) {
    const [row, ...others] = await rowsOf(`${text}2,b\n`, { size });
    expect(row).toEqual({ line: 1, problem: expect.any(String) as string });
    expect(others.filter((other) => 'cells' in other && other.cells[0] === '2')).toHaveLength(text.split('2,b').length);
  }
});

test('a stray quote in a row with a cell of several lines takes no row behind it', async () => {
  expect(await rowsOf('1,"two\nlines",5" pipe\n2,b\n')).toEqual([
    { line: 1, cells: ['1', 'two\nlines', '5" pipe'] },
    { line: 3, cells: ['2', 'b'] },
  ]);
});

test('rows between rows at fault are read, and with their lines', async () => {
  const faulty = fc.constantFrom('x,"open', 'x,"o"pen', 'x,"""open', '"x"y,""', '');
  const sound = fc.constantFrom('1,a', '1,"a"', '1,"a,""b"', '1,5" pipe');
  const file = fc.array(fc.oneof(faulty, sound), { maxLength: 12 });
  const check = async (lines: readonly string[], size: number): Promise<void> => {
    const rows = await rowsOf(lines.map((line) => `${line}\r\n`).join(''), { size });
    const read = rows.flatMap((row) => ('cells' in row && row.cells[0] === '1' ? [row.line] : []));
    const swallowed = rows.flatMap((row) => ('cells' in row && row.cells[0] !== '1' ? [row] : []));
    // Two quotes that are not closed may make a cell of several lines, as nobody can tell.
    if (swallowed.length === 0) {
      expect(read).toEqual(lines.flatMap((line, index) => (line.startsWith('1') ? [index + 1] : [])));
    }
  };
  await fc.assert(fc.asyncProperty(file, fc.integer({ min: 1, max: 60 }), check));
});

test('rows are the same however the bytes come in', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '""', '\n', '\r\n', ',"', '",', 'é'), maxLength: 60 });
  const check = async (csv: string, size: number): Promise<void> => {
    expect(await rowsOf(csv, { size })).toEqual(await rowsOf(csv, { size: csv.length * 2 + 1 }));
  };
  await fc.assert(fc.asyncProperty(text, fc.integer({ min: 1, max: 20 }), check), { numRuns: 1_000 });
});

test('UTF-16 is refused with the remedy', async () => {
  await expect(rowsOf(Buffer.from('\uFEFFaddress\n', 'utf16le'))).rejects.toThrow('save it as CSV in UTF-8');
});

test('what is written as CSV is read again, however the bytes come in', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', 'é', '👋', ' ') });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  const check = async (rows: readonly string[][], delimiter: string, size: number): Promise<void> => {
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const text = rows.map((cells) => `${cells.map(quoted).join(delimiter)}\r\n`).join('');
    const read = await rowsOf(text, { delimiter, size });
    expect(read.map((row) => ('cells' in row ? row.cells : row.problem))).toEqual(rows);
  };
  await fc.assert(fc.asyncProperty(table, fc.constantFrom(',', ';'), fc.integer({ min: 1, max: 9 }), check));
});

test.each([
  ['address,reason', ','],
  ['address;reason', ';'],
  ['address\treason', '\t'],
  ['"a;b;c",reason,x', ','],
  ['address', ','],
])('the delimiter of %j', (header, delimiter) => {
  expect(detectDelimiter(header)).toBe(delimiter);
});
