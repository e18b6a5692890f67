import { type RedriveResult } from '../../src/redrive/redrive-message';
import { createRedriveReport } from '../../src/cli/redrive-report';
import { runCli } from '../../src/cli/run-cli';

const silent = { readEnvironment: () => ({}), processEnvironment: {} };

async function run(...args: string[]): Promise<{ exitCode: number; complained: string }> {
  let complained = '';
  const complain = (text: string): void => void (complained += text);
  const exitCode = await runCli(['redrive', ...args], { ...silent, write: () => undefined, complain });
  return { exitCode, complained };
}

test.each([
  [[], 'Which messages?'],
  [['--since', '2026-01-31'], 'Which messages?'],
  [['msg_1', '--all'], 'either message ids, or --all'],
  [['msg_1', '--cause', 'outage'], 'either message ids, or --all'],
  [['--cause', 'weather', '--all'], 'Allowed choices are configuration, outage'],
])('redrive %j is refused before anything is connected', async (args, complaint) => {
  const { complained, exitCode } = await run(...args);
  expect(exitCode).toBe(2);
  expect(complained).toContain(complaint);
});

test('the report says what came of each, and of many how far it is', () => {
  let said = '';
  const say = (text: string): void => void (said += text);
  const context = { ...silent, write: say, complain: say, setExitCode: () => undefined };
  const report = createRedriveReport(context, 250);
  const redriven: RedriveResult = {
    kind: 'redriven',
    messageId: 'msg_1',
    workflowId: 'deliver-msg_1',
    isReplayed: false,
  };
  for (let done = 0; done < 248; done += 1) {
    report.add(redriven);
  }
  report.add({ ...redriven, isReplayed: true });
  report.add({ kind: 'refused', messageId: 'msg_2', refusal: 'not_dead', message: 'It arrived.' });
  report.leaveToSweep();
  expect(report.end()).toEqual({ redriven: 248, refused: 1 });
  expect(said).toBe(
    '100 of 250\n200 of 250\nmsg_2: It arrived.\nRedriven: 248.\nRedriven before and still open: 1.\nNot redriven: 1.\n' +
      'Temporal does not answer: the sweep starts 1 of them.\n',
  );
});
