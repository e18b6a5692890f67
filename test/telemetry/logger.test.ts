import { createLogger, type LogLevel } from '../../src/telemetry/logger';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

function collect(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const logger = createLogger({ level, name: 'test', destination: { write: (line) => void lines.push(line) } });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '') as Line };
}

test('a line says which process speaks, and carries ids as fields', () => {
  const { logger, last } = collect();
  logger.info({ messageId: 'msg_1' }, 'accepted');
  expect(last()).toMatchObject({ name: 'test', level: 30, messageId: 'msg_1', msg: 'accepted' });
});

test('nothing below the level is written', () => {
  const { logger, lines } = collect('error');
  logger.warn('not heard');
  expect(lines).toEqual([]);
});

test('fields that hold addresses, texts or secrets are blotted out, however deep', () => {
  const { logger, lines } = collect();
  const personal = { to: 'hush', body: 'hush', apiKeySecret: 'hush' };
  logger.info({ ...personal, attempt: { recipient: 'hush', nested: personal } }, 'x');
  expect(lines.join('')).not.toContain('hush');
  expect(lines.join('')).toContain('[redacted]');
});

test('an error keeps type, message, code and cause, and nothing else', () => {
  const { logger, last } = collect();
  const cause = Object.assign(new Error('duplicate'), { code: '23505', detail: 'Key (address)=(+12025550101) exists' });
  logger.error({ err: new RangeError('to +12025550101 or %2B12025550101', { cause }) }, 'failed');
  expect(last()['err']).toEqual({
    type: 'RangeError',
    message: 'to +[number] or +[number]',
    stack: expect.stringContaining('logger.test') as string,
    cause: { type: 'Error', message: 'duplicate', code: '23505', stack: expect.any(String) as string },
  });
  expect(JSON.stringify(last())).not.toContain('2025550101');
});

test('what is thrown without being an error is named, not copied', () => {
  const { logger, last } = collect();
  logger.error({ err: { phone: '+12025550101' } }, 'failed');
  expect(last()['err']).toEqual({ type: 'object' });
  logger.error({ err: 'call +12025550101' }, 'failed');
  expect(last()['err']).toEqual({ type: 'string', message: 'call +[number]' });
});
