import { SearchEnded, type WayAtHand } from '../cli-way';
import { temporalCliVersion } from '../temporal-cli';

/** The executable that TEMPORAL_CLI_PATH names; a wrong one is an error and never passed over. */
export const explicitPath: WayAtHand = {
  name: 'TEMPORAL_CLI_PATH',
  remedy: 'set TEMPORAL_CLI_PATH to the path of a Temporal command line',
  try: async ({ environment }) => {
    const path = environment['TEMPORAL_CLI_PATH'];
    if (path === undefined || path === '') {
      throw new Error('it is not set');
    }
    try {
      await temporalCliVersion(path);
    } catch (error) {
      throw new SearchEnded(
        `TEMPORAL_CLI_PATH is ${path}, which does not run as a Temporal command line. Correct or unset it.`,
        { cause: error },
      );
    }
    return path;
  },
};
