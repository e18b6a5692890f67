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
  ['suppressions show', [], (text) => ['suppressions', 'show', text]],
  ['tasks show', [], (text) => ['tasks', 'show', text]],
  ['tasks claim', [], (text) => ['tasks', 'claim', text, '--by', 'Ann']],
  ['tasks note', [], (text) => ['tasks', 'note', text, '--by', 'Ann', '--note', 'nobody opens']],
  ['tasks give-back', [], (text) => ['tasks', 'give-back', text, '--by', 'Ann']],
  ['opt-outs put', [], (text) => ['opt-outs', 'put', text]],
  ['opt-outs delete', [], (text) => ['opt-outs', 'delete', text, '--reason', 'asked on the phone']],
  ['opt-outs history', [], (text) => ['opt-outs', 'history', text]],
  ['suppressions lift', [], (text) => ['suppressions', 'lift', text, '--reason', 'ported']],
  ['tasks acknowledge', [], (text) => ['tasks', 'acknowledge', text, '--by', 'Ann']],
  ['callbacks redrive', [], (text) => ['callbacks', 'redrive', text]],
  ['callbacks list --message', [], (text) => ['callbacks', 'list', '--message', text]],
  ['doctor --conversation', ['CH'], (text) => ['doctor', '--conversation', text]],
];

test.each(misplaced(ARGUMENTS))('posthorn %s does not take %s', async (_name, found, [, expected, argsWith]) => {
  const { exitCode, complained } = await run(argsWith(sidOfKind(found)));
  expect(exitCode).toBe(2);
  expectWords(complained, 'It', found, expected);
});

const OPTIONS: readonly Case[] = [
  ['to', [], (text) => ['send', text, 'Hi']],
  ['from', [], (text) => ['send', '+12025550123', 'Hi', '--from', text]],
  ['--conversation', ['CH'], (text) => ['send', '--conversation', text, 'Hi']],
  ['--template', ['HX'], (text) => ['send', '+12025550123', '--template', text]],
  ['--whatsapp-template', ['HX'], (text) => ['send', '+12025550123', 'Hi', '--whatsapp-template', text]],
  ['--media', ['ME'], (text) => ['send', '+12025550123', 'Hi', '--media', text]],
];

test.each(misplaced(OPTIONS))('posthorn send %s does not take %s', async (name, found, place) => {
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
