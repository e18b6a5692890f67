import { type TemporalServer } from '../local/temporal-server';
import { describeDifferences } from './describe-differences';
import { type Paint } from '../cli/paint';
import { type ScenarioResult } from './play-scenario';
import { resultTable } from './result-table';
import { workflowLink } from './workflow-link';

/** The end of the tour for a person: the table, what is to be read in full, what differs and where to look, and one line that sums it up. */
export function reportOf(results: readonly ScenarioResult[], temporal: TemporalServer, paint: Paint): string[] {
  const linkTo = (workflowId: string): string => workflowLink(temporal, workflowId);
  return [
    resultTable(results, paint, linkTo),
    ...results.flatMap((result) => describeShown(result, paint)),
    ...describeDifferences(results, linkTo),
    summaryOf(results, paint),
  ];
}

function describeShown({ shown, title }: ScenarioResult, paint: Paint): string[] {
  return shown.length === 0 ? [] : ['', paint.strong(`${title}:`), ...shown.map((line) => `  ${line}`), ''];
}

function summaryOf(results: readonly ScenarioResult[], paint: Paint): string {
  const differing = results.filter(({ agrees }) => !agrees).length;
  return differing === 0
    ? paint.good(`All ${results.length} scenarios went as expected.`)
    : paint.bad(
        `${differing} of ${results.length} scenarios did not go as expected. ` +
          'Run npm run demo -- --keep to look at them in the Temporal UI, and set LOG_LEVEL=debug to see the logs.',
      );
}
