import { z } from 'zod';
import { type OptOutStore } from '../../../database/opt-out-store';
import { expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { type AppContext } from '../../app-context';
import { validateQuery } from '../../validate';

const querySchema = strictObject('query parameters', {
  history: z
    .enum(['true', 'false'], { error: expectOneOf(['true', 'false']) })
    .default('false')
    .transform((text) => text === 'true'),
});

/** GET /v1/opt-outs/export: the ledger as CSV, as fast as the caller reads. A connection that breaks off is no whole file. */
export function exportOptOuts({ optOuts }: { readonly optOuts: Pick<OptOutStore, 'export'> }) {
  return async function exportOptOuts(context: AppContext): Promise<void> {
    const { history } = validateQuery(querySchema, context);
    context.body = await optOuts.export({ ofHistory: history });
    context.type = 'text/csv; charset=utf-8; header=present';
    context.set('Content-Disposition', `attachment; filename="${history ? 'opt-out-history' : 'opt-outs'}.csv"`);
  };
}
