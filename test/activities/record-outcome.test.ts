import { createRecordOutcome } from '../../activities/record-outcome';
import { buildInput } from '../workflow/support/build-input';
import { newOutcome } from '../support/database-fixtures';

test.each([
  ['the outcome on record', true, []],
  ['another one than that on record, as a repetition may after a crash', false, ['correct']],
])('an outcome that is %s', async (_, isRecorded, corrected) => {
  const done: string[] = [];
  const recordOutcome = createRecordOutcome({
    messages: { recordOutcome: () => Promise.resolve(isRecorded) },
    correctOutcome: () => {
      done.push('correct');
      return Promise.resolve(undefined);
    },
  });
  const startedAt = new Date().toISOString();
  await recordOutcome({ message: buildInput(), outcome: newOutcome(), heardEventIds: [], startedAt });
  expect(done).toEqual(corrected);
});
