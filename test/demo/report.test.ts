import { paintFor } from '../../src/cli/paint';
import { type ScenarioResult } from '../../src/demo/play-scenario';
import { reportOf } from '../../src/demo/report';
import { type TemporalServer } from '../../src/local/temporal-server';

const WITHOUT_UI: TemporalServer = { address: '127.0.0.1:7233', namespace: 'default', stop: () => Promise.resolve() };
const TEMPORAL: TemporalServer = { ...WITHOUT_UI, uiUrl: 'http://127.0.0.1:8233' };
const PLAIN = paintFor({ isTTY: false });

function resultOf(fields: Partial<ScenarioResult>): ScenarioResult {
  return {
    title: 'Delivered',
    expected: ['→ delivered'],
    happened: ['→ delivered'],
    agrees: true,
    sent: [{ messageId: 'msg_1', workflowId: 'deliver-msg_1', attempts: 2 }],
    shown: [],
    ...fields,
  };
}

test('shows a row with its attempts and an unbroken link', () => {
  const report = reportOf([resultOf({})], TEMPORAL, PLAIN).join('\n');
  expect(report).toMatch(/✓ │ Delivered +│ → delivered +│ → delivered +│ 2 /);
  expect(report).toContain('http://127.0.0.1:8233/namespaces/default/workflows/deliver-msg_1 ');
  expect(report).toContain('All 1 scenarios went as expected.');
});

test('names what differs and where to look', () => {
  const differing = resultOf({ happened: ['→ failed'], agrees: false });
  const [table, ...lines] = reportOf([resultOf({}), differing], TEMPORAL, PLAIN);
  expect(table).toContain('✗');
  expect(lines.slice(0, 4)).toEqual([
    'Delivered is not as expected:',
    '  did not happen: → delivered',
    '  happened instead: → failed',
    '  look at GET /v1/messages/msg_1 and http://127.0.0.1:8233/namespaces/default/workflows/deliver-msg_1',
  ]);
  expect(lines.at(-1)).toMatch(/^1 of 2 scenarios did not go as expected\..*--keep/);
});

test('what is to be read in full stands below the table, under its title', () => {
  const [, ...lines] = reportOf([resultOf({ shown: ['red configuration', 'red webhooks'] })], TEMPORAL, PLAIN);
  expect(lines.slice(0, 5)).toEqual(['', 'Delivered:', '  red configuration', '  red webhooks', '']);
});

test('the same lines in another order are a difference with words of its own', () => {
  const mixed = resultOf({ expected: ['a', 'b'], happened: ['b', 'a'], agrees: false });
  expect(reportOf([mixed], TEMPORAL, PLAIN)).toContain('  the same lines happened in another order or number');
});

test('a long error is short in the table and whole below it', () => {
  const error = 'x'.repeat(500);
  const [table, ...lines] = reportOf([resultOf({ happened: [error], agrees: false, sent: [] })], TEMPORAL, PLAIN);
  expect(table).not.toContain('x'.repeat(41));
  expect(table).toContain('nothing was sent');
  expect(lines).toContain(`  happened instead: ${error}`);
});

test('without a UI of our own it names workflow and namespace', () => {
  expect(reportOf([resultOf({})], WITHOUT_UI, PLAIN).join('\n')).toContain(
    'workflow deliver-msg_1 in namespace default',
  );
});
