import { durationMs } from '../../src/domain/duration';
import { classifyError } from '../../src/domain/error-catalogue';
import { DEFAULT_SUPPRESSION_CODES, parseSuppressionCodes } from '../../src/domain/suppression-code';

describe('parseSuppressionCodes', () => {
  it.each([
    ['', []],
    ['30005', [{ code: 30005, forMs: durationMs('30 days') }]],
    ['21614', [{ code: 21614, forMs: durationMs('90 days') }]],
    [
      ' 30005 : 14d , 30003 ',
      [
        { code: 30005, forMs: durationMs('14 days') },
        { code: 30003, forMs: durationMs('30 days') },
      ],
    ],
  ])('reads "%s"', (text, expected) => {
    expect(parseSuppressionCodes(text)).toEqual(expected);
  });

  it.each([
    ['3000', '"3000" does not start with an error code of five digits: write it like 30005 or 30005:14d'],
    ['30005:', '"30005:" has no duration after the colon: write one such as 14d or 12h'],
    ['30005:14', '"30005:14" has no duration'],
    ['30005,30005:14d', 'the code 30005 is there more than once'],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseSuppressionCodes(text)).toThrow(message);
  });
});

it.each(DEFAULT_SUPPRESSION_CODES)('$code is permanent for the recipient', ({ code }) => {
  expect(classifyError(code).errorClass).toBe('recipient');
});
