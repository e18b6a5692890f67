import { type ScenarioResult } from './play-scenario';

/** What differs in the results that do not agree, and where to look; empty when all agree. */
export function describeDifferences(
  results: readonly ScenarioResult[],
  linkTo: (workflowId: string) => string,
): string[] {
  return results.filter(({ agrees }) => !agrees).flatMap((result) => describeDifference(result, linkTo));
}

function describeDifference(result: ScenarioResult, linkTo: (workflowId: string) => string): string[] {
  const { title, expected, happened, sent } = result;
  const missing = expected.filter((line) => !happened.includes(line));
  const surplus = happened.filter((line) => !expected.includes(line));
  return [
    `${title} is not as expected:`,
    ...missing.map((line) => `  did not happen: ${line}`),
    ...surplus.map((line) => `  happened instead: ${line}`),
    ...(missing.length + surplus.length === 0 ? ['  the same lines happened in another order or number'] : []),
    ...sent.map(({ messageId, workflowId }) => `  look at GET /v1/messages/${messageId} and ${linkTo(workflowId)}`),
  ];
}
