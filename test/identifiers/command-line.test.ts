import { runCli } from '../../src/cli/run-cli';
import { type SidPrefix } from '../../src/domain/sid-kinds';
import { VALID } from '../config/environments';
import { expectSentence, expectWords, misplaced, sidOfKind } from './each-kind';

type Case = readonly [string, readonly SidPrefix[], (text: string) => readonly string[]];

/** Arguments that take a message id, an address or an identifier. Nothing is connected before they are read. */
const ARGUMENTS: readonly Case[] = [
  ['show', [], (text) => ['show', text]],
  ['cancel', [], (text) => ['cancel', text]],
  ['release', [], (text) => ['release', text, '--by', 'Ann', '--reason', 'urgent']],
  ['acknowledge', [], (text) => ['acknowledge', text, '--by', 'Ann']],
  ['redrive', [], (text) => ['redrive', 'msg_1', text]],
  ['opt-outs show', [], (text) => ['opt-outs', 'show', text]],
];

test.each(misplaced(ARGUMENTS))('posthorn %s does not take %s', async (_name, found, [, expected, argsWith]) => {
  const { exitCode, complained } = await run(argsWith(sidOfKind(found)));
  expect(exitCode).toBe(2);
  expectWords(complained, 'It', found, expected);
});

const CONVERSATION: readonly Case[] = [['conversationSid', ['CH'], (text) => ['send', '--conversation', text, 'Hi']]];

test.each(misplaced(CONVERSATION))('posthorn send --conversation: %s is not %s', async (name, found, place) => {
  const [, expected, argsWith] = place;
  const { exitCode, complained } = await run([...argsWith(sidOfKind(found)), '--tenant', 'acme']);
  expect(exitCode).not.toBe(0);
  expectSentence(complained, name, found, expected);
});

async function run(args: readonly string[]): Promise<{ exitCode: number; complained: string }> {
  let complained = '';
  const exitCode = await runCli(args, {
    readEnvironment: () => VALID,
    processEnvironment: VALID,
    write: () => undefined,
    complain: (text) => (complained += text),
  });
  return { exitCode, complained };
}
