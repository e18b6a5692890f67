#!/usr/bin/env node
import { readEnvironment } from '../config/environment';
import { runCli } from './run-cli';

/** The command `posthorn`. */
async function main(): Promise<void> {
  process.exitCode = await runCli(process.argv.slice(2), {
    readEnvironment,
    processEnvironment: process.env,
    write: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  });
}

void main();
