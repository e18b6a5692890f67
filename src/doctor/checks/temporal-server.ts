import { defineCheck } from '../check';
import { green, yellow } from '../finding';

/** The oldest server that posthorn is tried with. */
const OLDEST = [1, 29] as const;

/** Whether Temporal answers, and how old it is. */
export const temporalServer = defineCheck({
  name: 'temporal',
  needs: ['TEMPORAL_ADDRESS'],
  run: async ({ temporal }) => {
    const { serverVersion } = await temporal((client) => client.workflowService.getSystemInfo({}));
    const [major = 0, minor = 0] = serverVersion.split('.').map(Number);
    const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
    return isOld
      ? yellow({
          what: `The Temporal server is ${serverVersion}.`,
          why: `posthorn is tried with ${OLDEST.join('.')} and newer.`,
          remedy: 'Upgrade the server, one minor version after the other.',
        })
      : green(`Temporal answers${serverVersion === '' ? '' : `, with version ${serverVersion}`}.`);
  },
});
