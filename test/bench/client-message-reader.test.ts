import fc from 'fast-check';
import { createClientMessageReader } from '../../bench/cost/client-message-reader';

const PROTOCOL_3 = 196_608;
const SSL_REQUEST = 80_877_103;

function start(code: number): Buffer {
  const message = Buffer.alloc(8);
  message.writeInt32BE(8, 0);
  message.writeInt32BE(code, 4);
  return message;
}

function message(type: string, ...texts: readonly string[]): Buffer {
  const content = Buffer.from(texts.map((text) => `${text}\0`).join(''));
  const header = Buffer.alloc(5);
  header.write(type, 0);
  header.writeInt32BE(4 + content.length, 1);
  return Buffer.concat([header, content]);
}

const parse = (name: string, sql: string): Buffer => message('P', name, sql);
const bind = (name: string): Buffer => message('B', '', name);
const execute = message('E', '');
const sync = message('S');
const unnamed = (sql: string): Buffer[] => [parse('', sql), bind(''), execute, sync];

function readAll(pieces: readonly Buffer[]): string[] {
  const reader = createClientMessageReader();
  return pieces.flatMap((piece) => reader.read(piece));
}

describe('createClientMessageReader', () => {
  it('counts a simple query and an extended one as a round trip each', () => {
    expect(readAll([start(PROTOCOL_3), message('Q', 'select 1'), ...unnamed('select 2')])).toEqual([
      'select 1',
      'select 2',
    ]);
  });

  it('knows a named statement when it is executed again', () => {
    const repeated = [parse('s1', 'select 1'), bind('s1'), execute, sync, bind('s1'), execute, sync];
    expect(readAll([start(PROTOCOL_3), ...repeated])).toEqual(['select 1', 'select 1']);
  });

  it('counts statements that are sent together as one round trip', () => {
    const together = [parse('', 'begin'), bind(''), execute, parse('', 'select 1'), bind(''), execute, sync];
    expect(readAll([start(PROTOCOL_3), ...together])).toEqual(['begin; select 1']);
  });

  it('counts neither the start nor the log-in nor the end', () => {
    expect(readAll([start(SSL_REQUEST), start(PROTOCOL_3), message('p', 'secret'), message('X')])).toEqual([]);
  });

  it('reads the same from any pieces', () => {
    const stream = Buffer.concat([
      start(PROTOCOL_3),
      ...unnamed('select ä'),
      message('Q', 'select 3'),
      ...unnamed('select 4'),
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 })), (cuts) => {
        const borders = [0, ...[...new Set(cuts)].sort((a, b) => a - b), stream.length];
        const pieces = borders.slice(1).map((end, index) => stream.subarray(borders[index], end));
        expect(readAll(pieces)).toEqual(['select ä', 'select 3', 'select 4']);
      }),
    );
  });
});
