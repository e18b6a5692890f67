import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { readEnvironment } from '../../src/config/environment';
import { runSession } from '../../src/local/run-session';
import { summaryOf } from './report/summary';
import { runSoak, type SoakChoices } from './run-soak';

const HIGHEST_SEED = 2 ** 32 - 1;

/** Runs posthorn under load and trouble: `npm run soak -- --minutes 20 --rate 5`. */
async function main(): Promise<void> {
  const program = new Command('soak')
    .description('Sends messages through real processes while things go wrong, and checks what became of each.')
    .option('--minutes <number>', 'how long messages are sent', positive, 2)
    .option('--rate <number>', 'messages a second', positive, 5)
    .option('--seed <number>', 'repeats the plan of an earlier run', seed, Math.floor(Math.random() * HIGHEST_SEED))
    .option('--built', 'runs what `npm run build` made, not the sources', false)
    .option('--json <file>', 'writes the result to a file')
    .parse();
  const { json, ...choices } = program.opts<SoakChoices & { readonly json?: string }>();
  const startedAt = performance.now();
  const say = (line: string): void => {
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    process.stdout.write(`${String(seconds).padStart(5)} s  ${line}\n`);
  };
  process.exitCode = await runSession(say, async (session) => {
    const result = await runSoak({ ...session, ...choices, environment: readEnvironment(), say });
    process.stdout.write(`${summaryOf(result)}\n`);
    if (json !== undefined) {
      await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
    }
    return { exitCode: result.violations.length + result.problems.length > 0 ? 1 : 0 };
  });
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('Give a number above zero.');
  }
  return value;
}

function seed(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > HIGHEST_SEED) {
    throw new InvalidArgumentError(`Give a whole number from 0 to ${HIGHEST_SEED}.`);
  }
  return value;
}

void main();
