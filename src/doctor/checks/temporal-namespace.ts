import { hasNamespace } from '../../temporal/namespace-setup';
import { defineCheck } from '../check';
import { green, red } from '../finding';

/** Whether the namespace exists. */
export const temporalNamespace = defineCheck({
  name: 'temporal-namespace',
  after: ['temporal'],
  needs: ['TEMPORAL_ADDRESS'],
  run: async ({ settings, temporal }) => {
    const { namespace } = settings.TEMPORAL_ADDRESS;
    return (await temporal(hasNamespace))
      ? green(`The namespace ${namespace} is there.`)
      : red({
          what: `Temporal has no namespace ${namespace}.`,
          why: 'No message could be started.',
          remedy: 'Check TEMPORAL_NAMESPACE; posthorn setup makes a namespace that is not there.',
        });
  },
});
