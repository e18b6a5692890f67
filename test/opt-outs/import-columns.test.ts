import { type ColumnMap, findColumns } from '../../src/opt-outs/import-columns';

const find = (header: readonly string[], map: ColumnMap = {}) =>
  findColumns(header, map, (field) => `--map ${field}=<column>`);

test.each([
  [['address'], { address: 'address' }],
  [['Phone Number', 'Opted_Out', 'TIMESTAMP'], { address: 'Phone Number', optedOut: 'Opted_Out', at: 'TIMESTAMP' }],
  [['address', 'phone'], { address: 'address' }],
  [['Mobile', 'Source'], { address: 'Mobile' }],
])('columns of %j', (header, used) => {
  expect(find(header).used).toEqual(used);
});

test('a column that is named wins, and what means nothing is told', () => {
  const { ignored, places, used } = find(['address', 'Rufnummer', 'Name'], { address: 'rufnummer' });
  expect({ ignored, places, used }).toEqual({
    ignored: ['address', 'Name'],
    places: { address: 1 },
    used: { address: 'Rufnummer' },
  });
});

test('the columns of an export count only together', () => {
  expect(find(['address', 'source', 'evidence', 'actor']).used).toHaveProperty('evidence', 'evidence');
  expect(find(['address', 'source', 'evidence']).ignored).toEqual(['source', 'evidence']);
});

test.each<[string, readonly string[], ColumnMap, string]>([
  [
    'none',
    ['Name', 'Rufnummer'],
    {},
    'address is missing: the file has the columns "Name", "Rufnummer"; name the one with the phone numbers with --map address=<column>, or call it address',
  ],
  [
    'two',
    ['phone', 'mobile'],
    {},
    'address is in several columns ("phone", "mobile"): name one with --map address=<column>',
  ],
  [
    'one that is not there',
    ['phone'],
    { address: 'Fon' },
    'address is mapped to a column that is not there: the file has',
  ],
  [
    'one for another field',
    ['phone'],
    { reason: 'Why' },
    'reason is mapped to a column that is not there: the file has',
  ],
])('columns that do not do: %s', (_what, header, map, message) => {
  expect(() => find(header, map)).toThrow(message);
});

test('a file without header is told so, without its numbers', () => {
  const act = () => find(['+12025550101', 'asked by phone']);
  expect(act).toThrow('the first row has a phone number in it and no names of columns: put a row with names first');
  expect(act).not.toThrow('2025550101');
});
