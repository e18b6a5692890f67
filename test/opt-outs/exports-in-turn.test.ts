import { PassThrough, type Readable } from 'node:stream';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { exportsInTurn } from '../../src/opt-outs/exports-in-turn';

const STATE = { ofHistory: false };

function countingOpener(): { readonly opened: PassThrough[]; readonly open: () => Promise<Readable> } {
  const opened: PassThrough[] = [];
  const open = (): Promise<Readable> => {
    const stream = new PassThrough();
    opened.push(stream);
    return Promise.resolve(stream);
  };
  return { opened, open };
}

test('a further export is opened when one was read, has broken off, or its reader went away', async () => {
  const { open, opened } = countingOpener();
  const exportInTurn = exportsInTurn(open, 2);
  const exports = Array.from({ length: 5 }, () => exportInTurn(STATE));
  const streams = await Promise.all(exports.slice(0, 2));
  await turnOfLoop();
  expect(opened).toHaveLength(2);

  opened[0]?.resume().end();
  await exports[2];
  streams[1]?.destroy();
  await exports[3];
  expect(opened).toHaveLength(4);
  opened[2]?.on('error', () => undefined).destroy(new Error('the database went away'));
  await exports[4];
  expect(opened).toHaveLength(5);
});

test('an export that cannot be opened tells why, and takes no place', async () => {
  const { open } = countingOpener();
  const answers = [() => Promise.reject(new Error('no connection')), open];
  const exportInTurn = exportsInTurn(() => answers.shift()?.() ?? open(), 1);
  await expect(exportInTurn(STATE)).rejects.toThrow('no connection');
  await expect(exportInTurn(STATE)).resolves.toBeInstanceOf(PassThrough);
});
