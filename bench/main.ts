import path from 'node:path';
import { Command, Option } from 'commander';
import { readEnvironment } from '../src/config/environment';
import { runSession } from '../src/local/run-session';
import { type BenchChoices, PART_NAMES, PARTS_BY_DEFAULT, runBench } from './run-bench';

/** In the tree's root; git ignores it. */
const RESULTS_FILE = path.join(__dirname, '..', 'bench-results.json');

/** Measures posthorn, whatever this process was told to measure. */
async function main(): Promise<void> {
  const program = new Command('bench')
    .description('Measures what a delivered message costs and how many are delivered a second, and compares.')
    .option('--quick', 'a fast smoke test; its figures are too rough to be quoted', false)
    .addOption(new Option('--only <name...>', 'measure only these parts').choices(PART_NAMES).default(PARTS_BY_DEFAULT))
    .option('--strict', 'end with exit code 1 when a target is missed', false)
    .parse();
  const choices = program.opts<BenchChoices & { readonly strict: boolean }>();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  process.exitCode = await runSession(say, async (session) => {
    const isMet = await runBench({
      ...session,
      ...choices,
      environment: readEnvironment(),
      resultsFile: RESULTS_FILE,
      say,
    });
    return { exitCode: choices.strict && !isMet ? 1 : 0 };
  });
}

void main();
