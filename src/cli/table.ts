import Table from 'cli-table3';

/** Columns with two blanks between and no lines: it can be piped on. */
export function createTable(head: string[]): InstanceType<typeof Table> {
  const sides = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
  const inner = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'];
  const noLines = Object.fromEntries([...sides, ...inner].map((name) => [name, '']));
  return new Table({
    head,
    chars: { ...noLines, middle: ' ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  });
}
