import { createRecordOutcome } from '../../activities/record-outcome';
import { DEFAULT_VOICE_STEP } from '../../src/domain/policy';
import { buildConversationInput, buildInput } from '../workflow/support/build-input';
import { newOutcome, newSid } from '../support/database-fixtures';

const TO_ONE = buildInput();
const TO_MANY = buildConversationInput();
const PARTLY = newOutcome({
  kind: 'partly_delivered',
  unreached: [{ participantSid: newSid('MB'), kind: 'unconfirmed' }],
});
const WITH_CALLS = buildInput({ policy: { escalation: [{ ...DEFAULT_VOICE_STEP, channel: 'voice' }] } });

test.each([
  ['the outcome on record', true, TO_ONE, newOutcome(), []],
  ['another one than that on record, as a repetition may after a crash', false, TO_ONE, newOutcome(), ['correct']],
  ['that of a message with calls, of which more may have been told', true, WITH_CALLS, newOutcome(), ['correct']],
  [
    'that of a message that did not reach all, whose children may have come to more',
    true,
    TO_MANY,
    PARTLY,
    ['correct'],
  ],
  ['that of a message that reached all', true, TO_MANY, newOutcome({ unreached: [] }), []],
])('an outcome that is %s', async (_, isRecorded, message, outcome, corrected) => {
  const done: string[] = [];
  const recordOutcome = createRecordOutcome({
    messages: { recordOutcome: () => Promise.resolve(isRecorded) },
    correctOutcome: () => {
      done.push('correct');
      return Promise.resolve(undefined);
    },
  });
  const startedAt = new Date().toISOString();
  await recordOutcome({ message, outcome, heardEventIds: [], startedAt });
  expect(done).toEqual(corrected);
});
