import { describePlan, pagesOf } from '../../bench/plans/describe-plan';
import { type PlanNode } from '../../bench/plans/measured-plan';

function node(type: string, parts: Partial<PlanNode> = {}): PlanNode {
  return {
    'Node Type': type,
    'Actual Rows': 1,
    'Actual Loops': 1,
    'Shared Hit Blocks': 0,
    'Shared Read Blocks': 0,
    ...parts,
  };
}

it('tells what is read, in all depths, and leaves out what is made of it', () => {
  const scan = node('Index Scan', {
    'Relation Name': 'opt_outs',
    'Index Name': 'opt_outs_scope',
    'Actual Rows': 2,
    'Shared Hit Blocks': 4,
    'Shared Read Blocks': 1,
  });
  const table = node('Seq Scan', { 'Relation Name': 'suppressions', 'Shared Hit Blocks': 1 });
  const root = node('Limit', {
    'Shared Hit Blocks': 5,
    'Shared Read Blocks': 1,
    Plans: [node('Nested Loop', { Plans: [scan, node('CTE Scan')] }), table],
  });
  const plan = { Plan: root, 'Execution Time': 0.1 };
  expect(describePlan(plan)).toBe(
    'Index Scan of opt_outs_scope: 2 rows, 5 pages (1 not in the buffer); Seq Scan of suppressions: 1 row, 1 page',
  );
  expect(pagesOf(plan)).toBe(6);
});

it('adds up what several processes have read', () => {
  const Plan = node('Index Only Scan', {
    'Parallel Aware': true,
    'Relation Name': 'messages',
    'Index Name': 'messages_by_end',
    'Actual Rows': 333_333.33,
    'Actual Loops': 3,
    'Heap Fetches': 0,
    'Shared Hit Blocks': 21_000,
  });
  expect(describePlan({ Plan, 'Execution Time': 300 })).toBe(
    'Parallel Index Only Scan of messages_by_end: 1,000,000 rows, 21,000 pages, Heap Fetches 0',
  );
});
