import { type MeasuredPlan, type PlanNode } from './measured-plan';

/** The plan in short: each node that reads a table or an index, with the rows that it gave and the pages that it took. */
export function describePlan({ Plan }: MeasuredPlan): string {
  return allNodes(Plan)
    .filter((node) => node['Relation Name'] !== undefined)
    .map(describeRead)
    .join('; ');
}

/** How many pages of 8 KiB the whole statement took. */
export function pagesOf({ Plan }: MeasuredPlan): number {
  return Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks'];
}

function allNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)];
}

function describeRead(node: PlanNode): string {
  const type = node['Parallel Aware'] === true ? `Parallel ${node['Node Type']}` : node['Node Type'];
  const of = node['Index Name'] ?? node['Relation Name'] ?? '';
  const rows = Math.round(node['Actual Rows'] * node['Actual Loops']);
  const read = node['Shared Read Blocks'];
  const pages = `${inWords(node['Shared Hit Blocks'] + read, 'page')}${read === 0 ? '' : ` (${inWords(read)} not in the buffer)`}`;
  const fetches = node['Heap Fetches'];
  return `${type} of ${of}: ${inWords(rows, 'row')}, ${pages}${fetches === undefined ? '' : `, Heap Fetches ${inWords(fetches)}`}`;
}

function inWords(count: number, noun?: string): string {
  const number = count.toLocaleString('en');
  return noun === undefined ? number : `${number} ${noun}${count === 1 ? '' : 's'}`;
}
