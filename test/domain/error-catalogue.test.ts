import fc from 'fast-check';
import { classifyError, errorPage } from '../../src/domain/error-catalogue';
import { type ErrorClass } from '../../src/domain/error-class';
import { ERROR_TABLE, REMEDIES } from '../../src/domain/error-table';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';

/** The classes as they were agreed, written a second time by class: a slip in the table shows here. */
const CODES_BY_CLASS: Readonly<Record<Exclude<ErrorClass, 'unknown'>, readonly number[]>> = {
  retry: [
    20409, 20500, 20503, 21220, 30003, 30008, 30035, 30036, 30410, 30450, 30610, 50353, 50377, 50386, 50391, 50416,
    50419, 50425, 50433, 50437, 50438, 50449, 63009, 63010, 63012, 63023, 63036,
  ],
  limit: [10004, 20429, 30001, 30017, 30022, 30023, 30027, 50063, 50074, 63017, 63018, 63038],
  recipient: [
    13224, 13225, 13226, 21211, 21214, 21216, 21217, 21612, 21614, 21635, 30004, 30005, 30006, 30640, 50407, 50409,
    50411, 63003, 63024, 63032, 63049,
  ],
  message: [
    20404, 21617, 30007, 30010, 30011, 30019, 50350, 50504, 50512, 50526, 50527, 50528, 50529, 50540, 50541, 63005,
    63006, 63013, 63016, 63019, 63021, 63026, 63027, 63028, 63030, 63034, 63040, 63041, 63042,
  ],
  opt_out: [21610, 63014, 63033],
  config: [
    13227, 20003, 21205, 21210, 21212, 21215, 21219, 21408, 21606, 21703, 21704, 30002, 30018, 30024, 30032, 30033,
    30034, 50408, 50412, 50413, 50414, 50415, 50417, 50418, 50422, 50426, 63001, 63007, 63008, 63015, 63020, 63051,
    63062,
  ],
};

const EXPECTED = Object.entries(CODES_BY_CLASS).flatMap(([errorClass, codes]) =>
  codes.map((code) => [code, errorClass] as const),
);

describe('the error table', () => {
  it.each(EXPECTED)('%i is of class %s, with a meaning and a remedy', (code, errorClass) => {
    const classification = classifyError(code);
    expect(classification.errorClass).toBe(errorClass);
    expect(classification.meaning).toMatch(/^[a-zA-Z].{10,}[^.]$/);
    expect(classification.remedy).toMatch(/^[A-Z].{10,}\.$/);
  });

  it('has no other code', () => {
    expect(Object.keys(ERROR_TABLE).map(Number).toSorted()).toEqual(EXPECTED.map(([code]) => code).toSorted());
  });

  it('says a different thing of each code', () => {
    const meanings = Object.values(ERROR_TABLE).map(([, meaning]) => meaning);
    expect(new Set(meanings).size).toBe(meanings.length);
  });

  it('uses every remedy', () => {
    const used = new Set(Object.values(ERROR_TABLE).map(([, , remedy]) => remedy));
    expect(Object.keys(REMEDIES).filter((remedy) => !used.has(remedy as keyof typeof REMEDIES))).toEqual([]);
  });

  it.each([
    ['ambiguous', [20500, 20503, 30410]],
    ['reuse', [50353, 50416, 50425, 50433, 50437, 50438]],
    ['recreate', [20404, 50350, 50377]],
    ['landline', [21614, 21635, 30006]],
    ['outside_window', [63016]],
    ['not_on_channel', [63003, 63024, 63032, 63049]],
    ['blocked', [63014]],
  ] as const)('marks as %s: %j', (trait, codes) => {
    const marked = Object.entries(ERROR_TABLE).filter(([, row]) => row[3] === trait);
    expect(marked.map(([code]) => Number(code))).toEqual(codes);
  });
});

describe('classifyError', () => {
  it('tells that an ambiguous code may have gone through', () => {
    expect(classifyError(30410).isAmbiguous).toBe(true);
    expect(classifyError(30003).isAmbiguous).toBe(false);
  });

  it('does not take filtered content for an opt-out', () => {
    expect(classifyError(30007).errorClass).toBe('message');
  });

  it('calls a missing code unknown', () => {
    expect(classifyError(undefined)).toMatchObject({ errorClass: 'unknown', meaning: 'Twilio gave no error code' });
  });

  it('calls a code that it does not have unknown, with the page to read', () => {
    const { errorClass, meaning, remedy } = classifyError(99999);
    expect(errorClass).toBe('unknown');
    expect(meaning).toContain('https://www.twilio.com/docs/api/errors/99999');
    expect(remedy).toContain(errorPage(99999));
  });

  it('has an answer for every number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double()), (code) => {
        expect(classifyError(code).meaning).not.toBe('');
      }),
    );
  });

  it('agrees with the default opt-out codes', () => {
    for (const [code, errorClass] of EXPECTED) {
      expect(classifyError(code, DEFAULT_OPT_OUT_CODES).errorClass).toBe(errorClass);
    }
  });

  it('follows the configured opt-out codes', () => {
    const configured = [
      { code: 30004, reach: 'sender' as const },
      { code: 99999, reach: 'channel' as const },
    ];
    expect(classifyError(30004, configured).errorClass).toBe('opt_out');
    expect(classifyError(99999, configured).errorClass).toBe('opt_out');
    expect(classifyError(63033, configured).errorClass).toBe('recipient');
    expect(classifyError(30003, configured).errorClass).toBe('retry');
  });
});
