import { type Command } from 'commander';
import { createProgram } from '../../src/cli/program';
import { readDocument, section, tableRows } from './markdown';

test('docs/operations.md has every command of the command line, and no other', () => {
  const program = createProgram({
    readEnvironment: () => ({}),
    processEnvironment: {},
    write: () => undefined,
    complain: () => undefined,
    input: process.stdin,
    output: process.stdout,
    setExitCode: () => undefined,
  });
  const documented = tableRows(section(readDocument('docs/operations.md'), 'commands')).map(([command]) => command);
  expect(documented.sort()).toEqual(leavesOf(program, '').sort());
});

/** The full names of the commands below one that have none below them. */
function leavesOf(command: Command, parents: string): string[] {
  const name = `${parents}${command.name()}`;
  return command.commands.length === 0 ? [name] : command.commands.flatMap((below) => leavesOf(below, `${name} `));
}
