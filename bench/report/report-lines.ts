import { type MachineFacts } from './machine-facts';
import { resultsTable } from './results-table';
import { type Section } from './section';

export interface Results {
  /** ISO 8601. */
  readonly measuredAt: string;
  /** How long the whole benchmark took. */
  readonly seconds: number;
  readonly quick: boolean;
  readonly machine: MachineFacts;
  readonly sections: readonly Section[];
}

/** The results for a person: the machine, the table, and how each part was measured. */
export function reportLines({ machine, measuredAt, quick, seconds, sections }: Results): readonly string[] {
  const { cores, cpuModel, loadBefore, memoryGiB, nodeVersion, operatingSystem, postgres, temporalServer } = machine;
  return [
    '',
    resultsTable(sections),
    `Measured ${measuredAt} in ${seconds} s, on ${cores} cores (${cpuModel}, ${memoryGiB} GiB), ${operatingSystem}, Node ${nodeVersion}.`,
    `Temporal ${temporalServer}. Postgres ${postgres}. Load before the start: ${loadBefore}.`,
    ...sections.flatMap(({ method, title }) => [
      '',
      `How "${title}" was measured:`,
      ...method.map((line) => `- ${line}`),
    ]),
    '',
    ...(quick ? ['A quick run shows that everything works; its figures are too rough to be quoted.'] : []),
  ];
}
