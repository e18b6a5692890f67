import { connect } from 'node:net';
import { listen } from '../../src/http/listen';

const HOST = '127.0.0.1';

test('a stop lets the request under way end, takes no new one, and closes idle connections', async () => {
  let answer: () => void = () => undefined;
  let arrived: () => void = () => undefined;
  const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
  const listener = await listen(
    (_request, response) => {
      answer = () => response.end('done');
      arrived();
    },
    { port: 0, host: HOST },
  );
  const url = `http://${HOST}:${listener.port}`;
  const idle = connect(listener.port, HOST);
  const idleClosed = new Promise((resolve) => idle.once('close', resolve));
  idle.on('error', () => undefined);
  const underWay = fetch(url);
  await hasArrived;

  const stopped = listener.stop();
  await idleClosed;
  await expect(fetch(url)).rejects.toThrow();
  answer();
  expect(await (await underWay).text()).toBe('done');
  await stopped;
});

test('a port that is taken is told by its name', async () => {
  const listener = await listen((_request, response) => response.end(), { port: 0, host: HOST });
  try {
    await expect(listen((_request, response) => response.end(), { port: listener.port, host: HOST })).rejects.toThrow(
      /^PORT \d+ cannot be listened on .*: set PORT to a free port$/,
    );
  } finally {
    await listener.stop();
  }
});

test('headers beyond the limit are refused', async () => {
  const listener = await listen((_request, response) => response.end(), { port: 0, host: HOST });
  try {
    const response = await fetch(`http://${HOST}:${listener.port}`, { headers: { long: 'x'.repeat(20_000) } });
    expect(response.status).toBe(431);
  } finally {
    await listener.stop();
  }
});
