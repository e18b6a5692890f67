import { SCENARIOS } from '../../src/demo/scenarios';
import { readDocument, section, tableRows } from './markdown';

test('README.md lists the scenarios of the tour, in their order, with what has to come of each', () => {
  const documented = tableRows(section(readDocument('README.md'), 'tour')).map(([title, , end]) => [title, end]);
  const inCode = SCENARIOS.map(({ expected, title }) => [title, expected.join('; ')]);
  expect(documented).toEqual(inCode);
});
