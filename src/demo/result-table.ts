import Table from 'cli-table3';
import { type Paint } from '../cli/paint';
import { type ScenarioResult } from './play-scenario';

const COLUMNS = ['', 'scenario', 'expected', 'happened', 'attempts'];

/** A long line is an error; the text below the table has it in full. */
const LONGEST_LINE = 40;

/** The results as a table; under each row stand the links to its workflows, in one piece so that they can be followed. */
export function resultTable(
  results: readonly ScenarioResult[],
  paint: Paint,
  linkTo: (workflowId: string) => string,
): string {
  const table = new Table({ head: COLUMNS.map(paint.strong), style: { head: [], border: [] } });
  for (const { title, expected, happened, agrees, sent } of results) {
    const attempts = sent.map((message) => String(message.attempts ?? '?')).join(' + ');
    const mark = agrees ? paint.good('✓') : paint.bad('✗');
    table.push([mark, title, expected.join('\n'), happened.map(shorten).join('\n'), attempts]);
    const links = sent.map(({ workflowId }) => paint.quiet(linkTo(workflowId)));
    table.push(['', { colSpan: COLUMNS.length - 1, content: links.join('\n') || 'nothing was sent' }]);
  }
  return table.toString();
}

function shorten(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line;
}
