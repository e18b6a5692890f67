import { type z } from 'zod';
import { API_VARIABLES } from '../../src/config/api-config';
import { SETUP_VARIABLES } from '../../src/config/setup-config';
import { TEMPORAL_VARIABLES } from '../../src/config/temporal-config';
import { WORKER_VARIABLES } from '../../src/config/worker-config';
import { readDocument, section, tableRows } from './markdown';

const rows = tableRows(section(readDocument('README.md'), 'configuration'));
const ownFields: Readonly<Record<string, z.ZodType>> = { ...SETUP_VARIABLES, ...WORKER_VARIABLES, ...API_VARIABLES };

test('the configuration table has every variable, with those who read it, and no other', () => {
  const readers: readonly [string, readonly string[]][] = [
    ['A', [...Object.keys(API_VARIABLES), ...TEMPORAL_VARIABLES]],
    ['W', [...Object.keys(WORKER_VARIABLES), ...TEMPORAL_VARIABLES]],
    ['S', [...Object.keys(SETUP_VARIABLES), ...TEMPORAL_VARIABLES]],
  ];
  const names = new Set(readers.flatMap(([, variables]) => variables));
  const inCode = [...names].map((name) => [
    name,
    readers.flatMap(([reader, variables]) => (variables.includes(name) ? [reader] : [])).join(' '),
  ]);
  const documented = rows.map(([name, readBy]) => [name, readBy]);
  expect(documented.sort()).toEqual(inCode.sort());
});

test.each(rows.filter(([name = '']) => name in ownFields))(
  'the default of %s is as documented',
  (name, _readBy, shown) => {
    const field = ownFields[name];
    const absent = field?.safeParse(undefined);
    if (shown === 'required') {
      expect(absent?.success).toBe(false);
    } else {
      expect(absent).toMatchObject({ success: true });
      expect(isNothing(absent?.data) ? 'none' : absent?.data).toEqual(shown === 'none' ? 'none' : field?.parse(shown));
    }
  },
);

function isNothing(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
