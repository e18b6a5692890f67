import { WEBHOOK_EFFECTS, WEBHOOK_VERDICTS } from '../../src/domain/webhook-trace';
import { readDocument, section, tableRows } from './markdown';

test.each([
  ['verdicts', WEBHOOK_VERDICTS],
  ['effects', WEBHOOK_EFFECTS],
])('docs/operations.md has the %s of webhooks as the code has them, and no other', (name, words) => {
  expect(tableRows(section(readDocument('docs/operations.md'), name))).toEqual(Object.entries(words));
});
