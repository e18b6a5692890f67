import { type Metric, type Registry } from 'prom-client';
import { composeApiMetrics } from '../../src/compose-api-metrics';
import { composeWorkerMetrics } from '../../src/compose-worker-metrics';
import { createDatabase } from '../../src/database/client';
import { readDocument, section, tableRows } from './markdown';

/** Metrics are only listed here, never read: no database is asked. */
const UNUSED = createDatabase({ url: 'postgres://127.0.0.1:1/unused', poolMax: 1, applicationName: 'test' });
afterAll(() => UNUSED.destroy());

type Listed = Metric & { readonly name: string; readonly help: string; readonly labelNames: readonly string[] };

const listed = (registry: Registry): Listed[] => registry.getMetricsAsArray() as unknown as Listed[];
const api = listed(composeApiMetrics(UNUSED).registry);
const worker = listed(composeWorkerMetrics(UNUSED).registry);
const all = [...new Map([...api, ...worker].map((metric) => [metric.name, metric])).values()];

test('docs/operations.md has every metric with its process, labels and meaning, and no other', () => {
  const processesOf = (name: string): string =>
    Object.entries({ A: api, W: worker })
      .filter(([, metrics]) => metrics.some((metric) => metric.name === name))
      .map(([process]) => process)
      .join(' ');
  const inCode = all.map(({ name, labelNames, help }) => [
    name,
    processesOf(name),
    labelNames.join(', ') || 'none',
    help,
  ]);
  expect(tableRows(section(readDocument('docs/operations.md'), 'metrics')).toSorted()).toEqual(inCode.toSorted());
});

test('every name says what it counts: counters end in _total, times in _seconds, and all begin with posthorn_', () => {
  const kinds = all.map(({ name, constructor }) => [name, constructor.name] as const);
  expect(kinds.filter(([name]) => !/^posthorn_[a-z_]+$/.test(name))).toEqual([]);
  expect(kinds.filter(([name, kind]) => (kind === 'Counter') !== name.endsWith('_total'))).toEqual([]);
  expect(kinds.filter(([name, kind]) => kind === 'Histogram' && !name.endsWith('_seconds'))).toEqual([]);
});

describe('docs/prometheus/alerts.yml', () => {
  const rules = readDocument('docs/prometheus/alerts.yml');
  const known = new Set(
    all.flatMap(({ name, constructor }) =>
      constructor.name === 'Histogram' ? ['_bucket', '_sum', '_count'].map((part) => name + part) : [name],
    ),
  );
  const alerts = rules.split(/^ {6}- alert: /m).slice(1);

  test('asks for metrics that there are', () => {
    const asked = alerts.flatMap((alert) => alert.split('labels: {')[0]?.match(/posthorn_\w+/g) ?? []);
    expect(asked.length).toBeGreaterThan(alerts.length);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  test.each(alerts.map((alert) => [alert.split('\n')[0] ?? '', alert]))('%s has what a rule needs', (_name, alert) => {
    expect(alert).toMatch(/^ {8}expr: \S/m);
    expect(alert).toMatch(/^ {8}labels: \{ severity: (page|ticket) \}$/m);
    expect(alert).toMatch(/^ {10}summary: \S.*\n {10}action: \S/m);
  });
});
