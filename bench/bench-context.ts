import { type Progress } from '../src/local/progress';
import { type ResourceStack } from '../src/resource-stack';
import { type Recipients } from './recipients';
import { type Servers } from './servers';

/** What every part of the benchmark works with. */
export interface BenchContext {
  readonly servers: Servers;
  readonly recipients: Recipients;
  /** Everything that is started for this part; stopped at its end. */
  readonly resources: ResourceStack;
  readonly progress: Progress;
  /** Small numbers that show that everything works; too small to be quoted. */
  readonly isQuick: boolean;
}
