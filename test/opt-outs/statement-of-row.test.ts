import { findColumns } from '../../src/opt-outs/import-columns';
import { statementOfRow } from '../../src/opt-outs/statement-of-row';

const ORIGIN = { actor: 'acme', now: '2026-05-01T00:00:00.000Z' };

/** Reads a row of which only these cells are filled. */
function read(cells: Readonly<Record<string, string>>) {
  const columns = findColumns(Object.keys(cells), {}, () => '');
  return statementOfRow(Object.values(cells), columns, ORIGIN);
}

test('an address alone is an opt-out from everything, as of now', () => {
  expect(read({ address: ' +1 (202) 555-0101 ' })).toEqual({
    address: '+12025550101',
    scope: {},
    optedOut: true,
    source: 'import',
    evidence: expect.stringMatching(/^row [0-9a-f]{32}$/) as string,
    actor: 'acme',
    at: ORIGIN.now,
  });
});

test('every cell counts', () => {
  const row = {
    address: '+12025550101',
    sender: '+12025550100',
    channel: 'WhatsApp',
    category: 'Marketing',
    action: 'Opt-In',
    at: '2026-01-31 09:00:00+01:00',
    reason: " said so, 'really' ",
  };
  expect(read(row)).toMatchObject({
    scope: { sender: '+12025550100', channel: 'whatsapp', category: 'marketing' },
    optedOut: false,
    at: '2026-01-31T08:00:00.000Z',
    reason: " said so, 'really' ",
  });
});

test('the evidence is what the row says, and not when it was read', () => {
  const later = { ...ORIGIN, actor: 'globex', now: '2026-06-01T00:00:00.000Z' };
  const columns = findColumns(['address', 'reason'], {}, () => '');
  const [first, second] = [ORIGIN, later].map((origin) => statementOfRow(['+12025550101', 'letter'], columns, origin));
  expect(second?.evidence).toBe(first?.evidence);
  expect(read({ address: '+12025550101', reason: 'call' }).evidence).not.toBe(first?.evidence);
});

test('a row of an export keeps where it came from', () => {
  const origin = { source: 'inbound_word', evidence: 'IM1', actor: 'recipient' } as const;
  const row = { address: '+12025550101', optedOut: 'false', at: '2026-01-31T08:00:00.000Z', ...origin };
  expect(read(row)).toEqual({ ...row, scope: {}, optedOut: false });
});

test.each([['=1+1'], ['+12'], ['-x'], ['@x'], ["'x"], ["'=x"], ['x=']])(
  '%j is the same behind an apostrophe',
  (text) => {
    expect(read({ address: "'+12025550101", reason: `'${text}` }).reason).toBe(text === 'x=' ? "'x=" : text);
  },
);

test.each<[Readonly<Record<string, string>>, string]>([
  [{ address: '' }, 'address is empty: write + and the country code'],
  [{ address: '12025550101' }, 'address has no country code: write +'],
  [{ address: '+1202' }, 'address has too few digits for its country'],
  [{ sender: 'Acme' }, 'sender has letters in it'],
  [{ channel: 'fax' }, 'channel is not known: give sms, whatsapp or voice'],
  [{ category: 'spam' }, 'category is not known: give security, alert, notification or marketing'],
  [{ optedOut: 'maybe' }, 'optedOut is not known: give true or stop for an opt-out, false or start for an opt-in'],
  [{ at: '31/01/2026' }, 'at is not a moment: write ISO 8601 with a zone'],
  [{ at: '2026-02-30' }, 'at is not a moment'],
  [{ at: '2026-01-31T08:00:00' }, 'at is not a moment'],
  [{ at: '2026-05-01T00:06:00Z' }, 'at is in the future: give the time when it was said'],
  [{ at: '0000-01-01' }, 'at is before 1970'],
  [{ reason: 'x'.repeat(501) }, 'reason is longer than 500 characters: shorten it'],
  [{ reason: 'caf\uFFFD' }, 'reason has a character that is not UTF-8: save the file as CSV in UTF-8'],
  [{ reason: 'a\0' }, 'reason has a NUL character'],
  [{ action: 'start', reason: 'x' }, 'at is missing: a row that opts in has to say when'],
  [{ action: 'start', at: '2026-01-31' }, 'reason is missing: a row that opts in has to say why'],
  [{ source: 'x', evidence: 'e', actor: 'a', at: '2026-01-31' }, 'source is not known: give receipt, inbound_word'],
  [{ source: 'api', evidence: 'e', actor: '', at: '2026-01-31' }, 'actor is missing in a row with evidence'],
  [{ source: 'api', evidence: 'e', actor: 'a' }, 'at is missing in a row with evidence'],
])('a row with %j is refused', (cells, message) => {
  expect(() => read({ address: '+12025550101', ...cells })).toThrow(message);
});

test('too many cells are told, too few are empty', () => {
  const columns = findColumns(['address', 'reason'], {}, () => '');
  expect(() => statementOfRow(['+12025550101', 'a', 'b'], columns, ORIGIN)).toThrow(
    'row has more cells than the header',
  );
  expect(statementOfRow(['+12025550101'], columns, ORIGIN)).not.toHaveProperty('reason');
});
