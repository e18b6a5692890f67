import { EventEmitter } from 'node:events';
import { exitCodeOf, listenForShutdown, type ShutdownSignals } from '../../src/shutdown';

interface Heard {
  readonly source: EventEmitter;
  readonly shutdown: ShutdownSignals;
  readonly exitCodes: number[];
  readonly lines: string[];
}

function listen(): Heard {
  const source = new EventEmitter();
  const exitCodes: number[] = [];
  const lines: string[] = [];
  const shutdown = listenForShutdown({
    source,
    forceAfterMs: 5000,
    forceExit: (code) => exitCodes.push(code),
    announce: (line) => lines.push(line),
  });
  return { source, shutdown, exitCodes, lines };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('the first signal is told to whoever waits, and aborts what can be given up', async () => {
  const { source, shutdown, exitCodes, lines } = listen();
  source.emit('SIGTERM', 'SIGTERM');
  expect(await shutdown.requested).toBe('SIGTERM');
  expect(() => shutdown.abortSignal.throwIfAborted()).toThrow('Stopped by SIGTERM.');
  expect(exitCodes).toEqual([]);
  expect(lines).toEqual(['SIGTERM: stopping; press Ctrl-C again to quit at once.']);
});

test('a second Ctrl-C quits at once, but not the echo of the first', () => {
  const { source, exitCodes } = listen();
  source.emit('SIGINT', 'SIGINT');
  jest.advanceTimersByTime(100);
  source.emit('SIGINT', 'SIGINT');
  expect(exitCodes).toEqual([]);
  jest.advanceTimersByTime(1000);
  source.emit('SIGINT', 'SIGINT');
  expect(exitCodes).toEqual([exitCodeOf('SIGINT')]);
  expect(exitCodeOf('SIGINT')).toBe(130);
});

test('a stop that takes too long is cut short', () => {
  const { source, exitCodes } = listen();
  source.emit('SIGTERM', 'SIGTERM');
  jest.advanceTimersByTime(4999);
  expect(exitCodes).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(exitCodes).toEqual([143]);
});

test('after remove() nothing is heard and nothing is forced', () => {
  const { source, shutdown, exitCodes } = listen();
  source.emit('SIGINT', 'SIGINT');
  shutdown.remove();
  jest.advanceTimersByTime(60_000);
  source.emit('SIGINT', 'SIGINT');
  expect(exitCodes).toEqual([]);
  expect(source.eventNames()).toEqual([]);
});
