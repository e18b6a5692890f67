import { PassThrough, Readable } from 'node:stream';
import { runCli } from '../../src/cli/run-cli';
import { createMessageStore } from '../../src/database/message-store';
import { createTaskStore, type TaskStore } from '../../src/database/task-store';
import { taskIdFor } from '../../src/domain/task-id';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, RECIPIENT } from '../support/database-fixtures';

let clone: TestDatabase;
let tasks: TaskStore;
beforeAll(async () => {
  clone = await createTestDatabase();
  tasks = createTaskStore(clone.database);
});
afterAll(() => clone.drop());

/** Runs `posthorn tasks …`; Temporal is not needed for it. */
async function posthorn(...args: readonly string[]) {
  let written = '';
  let complained = '';
  const exitCode = await runCli(['tasks', ...args], {
    readEnvironment: () => ({ DATABASE_URL: clone.url, TEMPORAL_ADDRESS: '127.0.0.1:1' }),
    processEnvironment: {},
    write: (text) => (written += text),
    complain: (text) => (complained += text),
    input: Readable.from([]),
    output: new PassThrough(),
  });
  return { exitCode, written, complained };
}

async function openTask() {
  const message = newMessage();
  await createMessageStore(clone.database).beginAttempt(message, newAttempt());
  const key = { messageId: message.messageId, step: 1 };
  const at = { openedAt: '2026-01-02T03:04:05.000Z', dueAt: '2026-01-02T04:04:05.000Z' };
  await tasks.open({ ...key, tenant: 'acme', queue: 'desk', reason: 'no receipt came', cameFrom: 'day', ...at });
  return { ...key, id: taskIdFor(key) };
}

test('a task is listed, claimed, noted, given back and shown', async () => {
  const { id } = await openTask();
  expect((await posthorn('list', '--queue', 'desk')).written).toMatch(new RegExp(`${id} +desk +open +no receipt came`));
  expect((await posthorn('list', '--status', 'claimed')).written).toBe('There is no such task.\n');
  expect(await posthorn('claim', id, '--by', 'Ann')).toMatchObject({ exitCode: 0, written: 'Claimed by Ann.\n' });
  expect(await posthorn('claim', id, '--by', 'Ann')).toMatchObject({ exitCode: 0 });
  const refused = { exitCode: 1, complained: expect.stringMatching(/Ann holds it since \d{4}-/) as unknown };
  expect(await posthorn('claim', id, '--by', 'Bob')).toMatchObject(refused);
  expect(await posthorn('give-back', id, '--by', 'Bob')).toMatchObject(refused);
  expect(await posthorn('note', id, '--by', 'Bob', '--note', 'on leave')).toMatchObject({ written: 'Noted.\n' });
  expect(await posthorn('note', id, '--by', 'Bob')).toMatchObject({ exitCode: 2 });
  expect(await posthorn('give-back', id, '--by', 'Ann')).toMatchObject({ written: 'Given back.\n' });
  expect(await posthorn('give-back', id, '--by', 'Ann')).toMatchObject({ exitCode: 1 });
  const { written } = await posthorn('show', id);
  expect(written).toMatch(/desk, after day/);
  expect(written).toMatch(/noted +Bob +on leave/);
  expect(written).not.toContain(RECIPIENT);
  expect(JSON.parse((await posthorn('show', id, '--json')).written)).toMatchObject({ id, status: 'open' });
});

test('of a closed task every command says who took it', async () => {
  const { id, messageId } = await openTask();
  await tasks.close(messageId, 1, { kind: 'acknowledged', by: 'Ann' });
  for (const command of ['claim', 'give-back', 'acknowledge']) {
    expect(await posthorn(command, id, '--by', 'Bob')).toMatchObject({
      exitCode: 1,
      complained: expect.stringMatching(/Ann has taken it, at \d{4}-/) as unknown,
    });
  }
});

test('what is no task is said so', async () => {
  expect(await posthorn('show', 'msg_1')).toMatchObject({ exitCode: 2 });
  expect(await posthorn('show', 'task_unknown_1')).toMatchObject({ exitCode: 1 });
});
