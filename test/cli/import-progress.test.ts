import { createImportProgress } from '../../src/cli/import-progress';

test('progress is told once a second: rows, pace, and the part of a file', () => {
  let nowMs = 0;
  let read = 0;
  const said: string[] = [];
  const tell = createImportProgress({
    complain: (text) => void said.push(text),
    clock: () => nowMs,
    bytes: () => ({ read, total: 1_000 }),
  });
  const counts = { added: 0, known: 0, moved: 0, wrong: 3 };
  for (const rows of [500, 1_000, 1_500, 2_000]) {
    nowMs += 500;
    read += 125;
    tell({ ...counts, rows });
  }
  expect(said).toEqual(['25 %, rows 1000, 1000 a second, wrong 3\n', '50 %, rows 2000, 1000 a second, wrong 3\n']);
});

test('of a pipe nobody knows the part', () => {
  let nowMs = 0;
  const said: string[] = [];
  const tell = createImportProgress({
    complain: (text) => void said.push(text),
    clock: () => nowMs,
    bytes: () => undefined,
  });
  nowMs = 2_000;
  tell({ rows: 10, added: 10, known: 0, moved: 10, wrong: 0 });
  expect(said).toEqual(['rows 10, 5 a second, wrong 0\n']);
});
