import { missingSearchAttributes } from '../../temporal/search-attribute-setup';
import { defineCheck } from '../check';
import { green, red } from '../finding';

/** What workflows are found by. */
export const searchAttributes = defineCheck({
  name: 'search-attributes',
  after: ['temporal-namespace'],
  needs: ['TEMPORAL_ADDRESS'],
  run: async ({ temporal }) => {
    const missing = await temporal(missingSearchAttributes);
    return missing.length === 0
      ? green("The namespace has posthorn's search attributes.")
      : red({
          what: `The namespace lacks ${missing.join(', ')}.`,
          why: 'API and worker refuse to start, and workflows could not be started.',
          remedy: 'Run posthorn setup.',
        });
  },
});
