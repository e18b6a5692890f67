import { Counter, Registry } from 'prom-client';
import { listen } from '../../src/http/listen';
import { createMetricsHandler } from '../../src/telemetry/metrics/metrics-handler';
import { createTemporalMetrics } from '../../src/telemetry/metrics/temporal-metrics';

/** Answers of a server with this registry, by path. */
async function ask(registry: Registry, paths: readonly string[], readMore = () => Promise.resolve('')) {
  const listener = await listen(createMetricsHandler(registry, readMore), { port: 0, host: '127.0.0.1' });
  try {
    return await Promise.all(
      paths.map(async (path) => {
        const answer = await fetch(`http://127.0.0.1:${listener.port}${path}`);
        return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
      }),
    );
  } finally {
    await listener.stop();
  }
}

function registryWith(name: string): Registry {
  const registry = new Registry();
  new Counter({ name, help: 'what is counted', registers: [registry] });
  return registry;
}

test('serves what is registered and what there is more, and nothing else', async () => {
  const more = await listen((_, response) => response.end('temporal_something_total 5\n'), {
    port: 0,
    host: '127.0.0.1',
  });
  const [metrics, other] = await ask(registryWith('ours_total'), ['/metrics', '/'], createTemporalMetrics(more.port));
  await more.stop();
  expect(metrics).toEqual({
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
    text: '# HELP ours_total what is counted\n# TYPE ours_total counter\nours_total 0\ntemporal_something_total 5\n',
  });
  expect(other).toMatchObject({ status: 404 });
});

test('when there is no more, what is registered is served all the same', async () => {
  const gone = await listen(() => undefined, { port: 0, host: '127.0.0.1' });
  await gone.stop();
  const [answer] = await ask(registryWith('ours_total'), ['/metrics'], createTemporalMetrics(gone.port));
  expect(answer).toMatchObject({ status: 200, text: expect.stringMatching(/ours_total 0\n$/) as string });
});
