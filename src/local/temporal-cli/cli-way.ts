import { type Environment } from '../../config/environment';
import { type Progress } from '../progress';

/** What a way to the Temporal command line may use. */
export interface CliSearch {
  readonly environment: Environment;
  /** See cacheFolder. */
  readonly cacheFolder: string;
  readonly progress: Progress;
  /** Aborts whatever is being fetched. */
  readonly signal: AbortSignal;
}

/** A way to a Temporal command line that is already on this machine. */
export interface WayAtHand {
  readonly name: string;
  /** What a person can do so that this way works. */
  readonly remedy: string;
  /** Returns the path of an executable, or throws with the reason why there is none. */
  try(search: CliSearch): Promise<string>;
}

/** A way that fetches the Temporal command line. */
export interface WayToFetch {
  readonly name: string;
  readonly remedy: string;
  /** The version that it fetches. */
  readonly version: string;
  /** Puts an executable into `scratchFolder` and returns its path, or throws with the reason why it cannot. */
  try(search: CliSearch, scratchFolder: string): Promise<string>;
}

/** Ends the search: a person asked for one particular server and it cannot be had. */
export class SearchEnded extends Error {
  override readonly name = 'SearchEnded';
}
