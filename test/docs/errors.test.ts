import { OUTCOME_TABLE } from '../../src/domain/outcome-table';
import { ERROR_TABLE, type ErrorTrait, REMEDIES } from '../../src/domain/error-table';
import { PROBLEMS, type ProblemDefinition } from '../../src/http/problems';
import { readDocument, section, tableRows } from './markdown';

const errors = readDocument('docs/errors.md');

const SPECIAL: Readonly<Record<ErrorTrait, string>> = {
  ambiguous: 'may have gone through',
  reuse: 'what exists is used',
  recreate: 'another conversation is made, once',
  landline: 'landline',
  outside_window: 'outside_window',
  not_on_channel: 'not_on_channel',
  blocked: 'blocked',
};

test('docs/errors.md has every outcome, as the table in the code has it, and no other', () => {
  const inCode = Object.entries(OUTCOME_TABLE).map(([kind, { meaning, remedy, verdict }]) => [
    kind,
    verdict,
    meaning,
    remedy,
  ]);
  expect(tableRows(section(errors, 'outcomes'))).toEqual(inCode);
});

test("docs/errors.md has every error code of Twilio's that posthorn knows, as the table in the code has it, and no other", () => {
  const inCode = Object.entries(ERROR_TABLE).map(([code, [errorClass, meaning, remedy, trait]]) => [
    code,
    errorClass,
    meaning,
    REMEDIES[remedy],
    trait === undefined ? '' : SPECIAL[trait],
  ]);
  expect(tableRows(section(errors, 'twilio-errors'))).toEqual(inCode);
});

test('docs/errors.md has every problem of the HTTP API, as the code has it, and no other', () => {
  const inCode = Object.entries<ProblemDefinition>(PROBLEMS).map(
    ([code, { status, title, remedy, retryAfterSeconds }]) => [
      code,
      String(status),
      title,
      remedy,
      retryAfterSeconds === undefined ? '' : `${retryAfterSeconds} s`,
    ],
  );
  expect(tableRows(section(errors, 'problems'))).toEqual(inCode);
});
