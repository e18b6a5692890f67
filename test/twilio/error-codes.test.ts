import {
  CONVERSATION_CLOSED,
  CONVERSATION_GONE_CODES,
  PARTICIPANT_EXISTS_CODES,
  UNIQUE_NAME_TAKEN,
} from '../../src/twilio/error-codes';
import { codesWith } from '../../src/domain/error-catalogue';

test('what the gateway takes for existing or gone is what the error table says, each code in one place', () => {
  expect([...PARTICIPANT_EXISTS_CODES]).toEqual([50416, 50425, 50433, 50437, 50438]);
  expect([...CONVERSATION_GONE_CODES]).toEqual([20404, 50350]);
  expect([UNIQUE_NAME_TAKEN, ...PARTICIPANT_EXISTS_CODES].toSorted()).toEqual(codesWith('reuse').toSorted());
  expect([CONVERSATION_CLOSED, ...CONVERSATION_GONE_CODES].toSorted()).toEqual(codesWith('recreate').toSorted());
});
