import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readLog } from '../../src/checker/read-log';
import { openLogFile } from '../../src/simulator/logs/log-file';

const DELETED = { kind: 'conversation.deleted', conversationSid: 'CH1', sequence: 1, at: '2026-01-02T03:04:05.678Z' };

let folder: string;
let logFile: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'posthorn-log-'));
  logFile = path.join(folder, 'simulator.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const kindsIn = async (): Promise<string[]> => (await readLog(logFile)).map(({ kind }) => kind);

test('entries come in the order of the file', async () => {
  writeFileSync(logFile, [{ ...DELETED, sequence: 2 }, DELETED].map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  expect(await readLog(logFile)).toEqual([{ ...DELETED, sequence: 2 }, DELETED]);
});

test('what a newer simulator tells of besides is left out', async () => {
  writeFileSync(logFile, `${JSON.stringify({ ...DELETED, kind: 'message.recalled' })}\n${JSON.stringify(DELETED)}\n`);
  expect(await kindsIn()).toEqual(['conversation.deleted']);
});

test('a last line that breaks off is the end of a simulator that was killed', async () => {
  writeFileSync(logFile, `${JSON.stringify(DELETED)}\n{"kind": "mess`);
  expect(await kindsIn()).toEqual(['conversation.deleted']);
});

test('a simulator that goes on in a file with a broken last line begins a new one', async () => {
  writeFileSync(logFile, `${JSON.stringify(DELETED)}\n{"kind": "mess`);
  openLogFile(logFile).close();
  expect(await kindsIn()).toEqual(['conversation.deleted', 'log.opened']);
});

test('a broken line in the middle is an error that names it', async () => {
  writeFileSync(logFile, `{"kind": "mess\n`);
  appendFileSync(logFile, `${JSON.stringify(DELETED)}\n`);
  await expect(readLog(logFile)).rejects.toThrow(/simulator\.jsonl: line 1 is no JSON.*restore/);
});

test('an entry without one of its parts is an error that names it', async () => {
  writeFileSync(logFile, `${JSON.stringify({ ...DELETED, conversationSid: undefined })}\n`);
  await expect(readLog(logFile)).rejects.toThrow(/line 1: conversationSid: .*a simulator of this version/);
});

test('a file that is not there is an error with its path', async () => {
  await expect(readLog(logFile)).rejects.toThrow(/ENOENT.*simulator\.jsonl/);
});
