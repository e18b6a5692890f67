import { type DoctorContext } from './doctor-context';
import { type Finding } from './finding';
import { type SettingName } from './settings';

/** One question to the configuration and what it leads to. */
export interface Check {
  /** Lower case with dashes; what `posthorn doctor` and docs/doctor.md call it. */
  readonly name: string;
  /** Checks that must not be red before this one can say anything. They stand earlier in the list. */
  readonly after: readonly string[];
  /** Variables without which there is nothing to check. */
  readonly needs: readonly SettingName[];
  /** Changes nothing. What it throws becomes a red finding. */
  readonly run: (context: DoctorContext) => Promise<Finding> | Finding;
}

interface CheckDefinition<Needs extends SettingName> {
  readonly name: string;
  readonly after?: readonly string[];
  readonly needs?: readonly Needs[];
  readonly run: (context: DoctorContext<Needs>) => Promise<Finding> | Finding;
}

/** A check whose `run` sees as present the settings that it needs: `runChecks` asks it only then. */
export function defineCheck<Needs extends SettingName = never>(definition: CheckDefinition<Needs>): Check {
  const { name, after = [], needs = [], run } = definition;
  return { name, after, needs, run: (context) => run(context as DoctorContext<Needs>) };
}
