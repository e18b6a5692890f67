import { STEP_CHANNELS } from '../../src/domain/channel';
import { MESSAGE_STATUSES } from '../../src/domain/message-status';
import { OUTCOME_KINDS } from '../../src/domain/outcome';
import { searchableStatus } from '../../workflows/enter';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes';
import { documentPaths, readDocument, section, tableRows } from './markdown';

const VALUES: Readonly<Record<string, readonly string[]>> = {
  PosthornChannel: STEP_CHANNELS,
  PosthornStatus: MESSAGE_STATUSES.map(searchableStatus),
  PosthornOutcome: OUTCOME_KINDS,
};

test('README.md has every search attribute, and no other', () => {
  const documented = tableRows(section(readDocument('README.md'), 'search-attributes')).map(([name]) => name);
  expect(documented.sort()).toEqual(SEARCH_ATTRIBUTES.map(({ name }) => name).sort());
});

test.each(documentPaths())('the queries in %s name attributes and values that exist', (file) => {
  const conditions = [...readDocument(file).matchAll(/(Posthorn\w+) (?:= ("\w+")|IN \(([^)]*)\))/g)];
  for (const [, attribute = '', one, several] of conditions) {
    expect(SEARCH_ATTRIBUTES.map(({ name }) => name)).toContain(attribute);
    const values = [...(one ?? several ?? '').matchAll(/"(\w+)"/g)].map(([, value]) => value);
    expect(values).not.toHaveLength(0);
    values.filter(() => attribute in VALUES).forEach((value) => expect(VALUES[attribute]).toContain(value));
  }
});
