import { type DoctorReport } from '../doctor/report';

const INDENT = ' '.repeat(8);

/** A report for a person in front of a terminal: one line for each check, and below it what is not green. */
export function describeDoctor({ checks, changed, status }: DoctorReport): string {
  const lines = checks.flatMap(({ name, remedy, status: found, what, why }) => {
    const [first = '', ...more] = what.split('\n');
    const isCalm = found === 'green' || found === 'skipped';
    return [
      `${found.padEnd(7)} ${name}: ${first}`,
      ...more.map((line) => `${INDENT}${line}`),
      ...(why === null ? [] : [`${INDENT}${isCalm ? '' : 'Why: '}${why}`]),
      ...(remedy === null ? [] : [`${INDENT}Remedy: ${remedy}`]),
    ];
  });
  const count = (wanted: string): number => checks.filter((check) => check.status === wanted).length;
  const numbers = (['red', 'yellow', 'green', 'skipped'] as const).map((one) => `${count(one)} ${one}`).join(', ');
  const changes = changed.length === 0 ? [] : ['Changed at Twilio:', ...changed.map((line) => `${INDENT}${line}`)];
  return `${[...lines, ...changes, '', `${status}: ${numbers}`].join('\n')}\n`;
}
