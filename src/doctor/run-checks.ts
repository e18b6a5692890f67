import { withTimeLimit } from '../time-limit';
import { type Check } from './check';
import { type DoctorContext } from './doctor-context';
import { explainError } from './explain-error';
import { type Finding } from './finding';
import { createGate } from './gate';

/** A check that could not be asked, and why. */
export interface Skipped {
  readonly status: 'skipped';
  readonly what: string;
}

export type CheckResult = { readonly name: string } & (Finding | Skipped);

export interface RunLimits {
  /** Checks under way at once. */
  readonly atOnce: number;
  /** How long one check may take, in milliseconds. */
  readonly limitMs: number;
}

/** Runs all checks, each after those that it builds on. Never throws; the results are in the order of the checks. */
export async function runChecks(
  checks: readonly Check[],
  context: DoctorContext,
  { atOnce, limitMs }: RunLimits,
): Promise<CheckResult[]> {
  const gate = createGate(atOnce);
  const results = new Map<string, Promise<CheckResult>>();
  for (const check of checks) {
    const earlier = check.after.map((name) => results.get(name));
    results.set(check.name, answer(check, earlier));
  }
  return await Promise.all(results.values());

  async function answer(check: Check, earlier: readonly (Promise<CheckResult> | undefined)[]): Promise<CheckResult> {
    const { name } = check;
    const obstacle =
      unsetVariable(check, context) ??
      openQuestion(await Promise.all(earlier.filter((result) => result !== undefined)));
    if (obstacle !== undefined) {
      return { name, status: 'skipped', what: obstacle };
    }
    return { name, ...(await gate(() => ask(check, context, limitMs))) };
  }
}

async function ask(check: Check, context: DoctorContext, limitMs: number): Promise<Finding> {
  try {
    const asked = Promise.resolve().then(() => check.run(context));
    return await withTimeLimit(asked, limitMs, `there was no answer within ${limitMs / 1000} s`);
  } catch (error) {
    return explainError(error);
  }
}

function unsetVariable({ needs }: Check, { problems, settings }: DoctorContext): string | undefined {
  const missing = needs.filter((name) => settings[name] === undefined);
  const wrong = missing.find((name) => problems.some(({ variable }) => variable === name));
  if (wrong !== undefined) {
    return `waits until ${wrong} is put right: see configuration`;
  }
  return missing[0] === undefined ? undefined : `${missing[0]} is not set`;
}

function openQuestion(earlier: readonly CheckResult[]): string | undefined {
  const open = earlier.find((result) => result.status === 'red' || result.status === 'skipped');
  return open === undefined ? undefined : `waits for ${open.name}`;
}
