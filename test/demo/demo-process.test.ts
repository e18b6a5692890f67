import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/run-cli';
import { type DemoProcess, startDemo } from './support/demo-process';

const TEST_WITHIN_MS = 180_000;

let folder: string;
let demo: DemoProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthorn-test-'));
  // Postgres runs as another account when we are root.
  await chmod(folder, 0o755);
});

afterEach(async () => {
  demo?.child.kill('SIGKILL');
  await demo?.exited;
  demo = undefined;
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Ports of all servers that the demo has told of, and run folders that are still there. */
async function remains(output: string): Promise<{ listening: number[]; folders: string[] }> {
  const ports = [...new Set([...output.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port)))];
  const answers = await Promise.all(ports.map(isListening));
  const folders = (await readdir(folder)).filter((name) => name.startsWith('posthorn-run-'));
  return { listening: ports.filter((_port, index) => answers[index]), folders };
}

/** Runs a command of posthorn on the servers that the demo has told of. */
async function posthorn(output: string, ...args: string[]): Promise<{ exitCode: number; text: string }> {
  const assignments = [...output.matchAll(/((?:DATABASE|TEMPORAL)_[A-Z]+)=(\S+)/g)];
  const environment = Object.fromEntries(assignments.map(([, name = '', value = '']) => [name, value]));
  let text = '';
  const write = (chunk: string): void => void (text += chunk);
  const exitCode = await runCli(args, {
    readEnvironment: () => environment,
    processEnvironment: {},
    write,
    complain: write,
  });
  return { exitCode, text };
}

test(
  'the tour goes as expected, stays up for curl and the command line, and leaves nothing behind',
  async () => {
    demo = startDemo(['--keep'], folder);
    await demo.printed(/Everything stays up until Ctrl-C[\s\S]*TEMPORAL_NAMESPACE=default\n[^\n]*check --log \S+\n/);
    const output = demo.output();
    expect(output).toMatch(/^All \d+ scenarios went as expected\.$/m);
    expect(output).toMatch(/^The checker compared [1-9]\d* messages, [1-9]\d* at Twilio, .*: no violation\.$/m);
    expect(output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/namespaces\/default\/workflows\/deliver-msg_[a-z2-7]{32}/);
    expect(output).not.toContain('\u001b[');

    const [, url = '', key = ''] = /POSTHORN_URL=(\S+) POSTHORN_KEY=(\S+)/.exec(output) ?? [];
    const answer = await fetch(`${url}/v1/messages`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);

    const sent = await posthorn(output, 'send', '+12025550150', 'Hello', '--tenant', 'local', '--wait');
    expect(sent).toMatchObject({ exitCode: 0, text: expect.stringContaining('outcome  delivered: ') as string });
    const messageId = /msg_\w+/.exec(sent.text)?.[0] ?? '';
    const shown = await posthorn(output, 'show', messageId);
    expect(shown).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/closed[\s\S]*handed_to_twilio/) as string,
    });
    expect(shown.text).not.toContain('+12025550150');
    const logFile = /check --log (\S+)/.exec(output)?.[1] ?? '';
    expect((await posthorn(output, 'check', '--log', logFile)).text).toContain('No violation.');

    demo.child.kill('SIGINT');
    expect(await demo.exited).toBe(0);
    expect(await remains(output)).toEqual({ listening: [], folders: [] });
  },
  TEST_WITHIN_MS,
);

test(
  'SIGTERM in the middle of the tour ends it in good order',
  async () => {
    demo = startDemo([], folder);
    await demo.printed(/The tour begins/);
    demo.child.kill('SIGTERM');
    expect(await demo.exited).toBe(143);
    expect(demo.output()).not.toContain('as expected');
    expect(await remains(demo.output())).toEqual({ listening: [], folders: [] });
  },
  TEST_WITHIN_MS,
);
