import { type Measurement } from './measurement';

/** The results of one part of the benchmark. */
export interface Section {
  readonly title: string;
  /** What was compared with what, and how, in sentences: a figure without them means nothing. */
  readonly method: readonly string[];
  readonly measurements: readonly Measurement[];
}
