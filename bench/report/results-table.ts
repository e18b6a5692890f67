import Table from 'cli-table3';
import { describeTarget, isMet, type Measurement } from './measurement';
import { type Section } from './section';

/** Columns of the terminal that the two columns with words may take. */
const NAME_WIDTH = 46;
const NOTE_WIDTH = 46;

/** The results as text for a terminal. */
export function resultsTable(sections: readonly Section[]): string {
  const table = new Table({
    head: ['measured', 'value', 'target', '', 'how it came about'],
    colWidths: [NAME_WIDTH, null, null, null, NOTE_WIDTH],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { title, measurements } of sections) {
    table.push([{ content: title.toUpperCase(), colSpan: 5 }], ...measurements.map(row));
  }
  return table.toString();
}

function row(measurement: Measurement): string[] {
  const { name, note = '', target, unit, value } = measurement;
  return [
    name,
    `${readable(value)} ${unit}`.trim(),
    target === undefined ? '' : describeTarget(target),
    target === undefined ? '' : isMet(measurement) ? 'met' : 'MISSED',
    note,
  ];
}

/** Whole numbers as they are, ratios with two decimals, rates and times with one. */
function readable(value: number): string {
  if (Number.isInteger(value)) {
    return value.toLocaleString('en');
  }
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
