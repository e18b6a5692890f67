import fc from 'fast-check';
import { messageIdFor } from '../../src/domain/message-id';
import { parseTaskId, taskIdFor } from '../../src/domain/task-id';

it('leads to its message and step, and back', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 99 }), (key, step) => {
      const task = { messageId: messageIdFor('acme', key), step };
      expect(parseTaskId(taskIdFor(task))).toEqual(task);
    }),
  );
});

it.each(['', 'msg_abc', 'task_', 'task_abc', 'task_abc_0', 'task_abc_1x', 'task_a b_1', `task_${'a'.repeat(200)}_1`])(
  '%j is no id of a task',
  (text) => {
    expect(parseTaskId(text)).toBeUndefined();
  },
);
