import { type CheckResult } from './run-checks';
import { type FindingStatus } from './finding';

/** What came of a run, as `--json` prints it. */
export interface DoctorReport {
  /** The gravest of all findings. */
  readonly status: FindingStatus;
  readonly checks: readonly ReportedCheck[];
  /** What `--fix` changed, in the form of `diff`; empty when nothing. */
  readonly changed: readonly string[];
}

/** Every part is there; what does not apply is null. */
interface ReportedCheck {
  readonly name: string;
  readonly status: FindingStatus | 'skipped';
  readonly what: string;
  readonly why: string | null;
  readonly remedy: string | null;
}

/** Sums up a run. */
export function toReport(results: readonly CheckResult[], changed: readonly string[]): DoctorReport {
  const statuses = results.map(({ status }) => status);
  const status = (['red', 'yellow'] as const).find((grave) => statuses.includes(grave)) ?? 'green';
  return { status, checks: results.map(toReported), changed };
}

function toReported(result: CheckResult): ReportedCheck {
  const { name, status, what } = result;
  const { why, remedy } = result.status === 'skipped' ? {} : { why: result.why, remedy: result.remedy };
  return { name, status, what, why: why ?? null, remedy: remedy ?? null };
}
