import { runSimulator } from './run-simulator';

/** The simulator as a process of its own. */
runSimulator(process.env, (line) => process.stdout.write(`${line}\n`)).catch((error: unknown) => {
  process.stderr.write(`the simulator did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
