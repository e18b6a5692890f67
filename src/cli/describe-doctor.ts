import { type DoctorReport } from '../doctor/report';

const INDENT = ' '.repeat(8);

/** A report for a person in front of a terminal: one line for each check, and below it what is not green. */
export function describeDoctor({ checks, changed, status }: DoctorReport): string {
  const lines = describeChecks(checks);
  const count = (wanted: string): number => checks.filter((check) => check.status === wanted).length;
  const numbers = (['red', 'yellow', 'green', 'skipped'] as const).map((one) => `${count(one)} ${one}`).join(', ');
  const changes = changed.length === 0 ? [] : ['Changed at Twilio:', ...changed.map((line) => `${INDENT}${line}`)];
  return `${[...lines, ...changes, '', `${status}: ${numbers}`].join('\n')}\n`;
}

/** The lines of checks alone. */
export function describeChecks(checks: DoctorReport['checks']): string[] {
  return checks.flatMap(({ name, remedy, status, what, why }) => {
    const [first = '', ...more] = what.split('\n');
    const isCalm = status === 'green' || status === 'skipped';
    return [
      `${status.padEnd(7)} ${name}: ${first}`,
      ...more.map((line) => `${INDENT}${line}`),
      ...(why === null ? [] : [`${INDENT}${isCalm ? '' : 'Why: '}${why}`]),
      ...(remedy === null ? [] : [`${INDENT}Remedy: ${remedy}`]),
    ];
  });
}
