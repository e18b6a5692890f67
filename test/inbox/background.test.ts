import { createBackground } from '../../src/inbox/background';

function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

test('idle waits for everything that was started, and for what that starts', async () => {
  const done: string[] = [];
  const first = gate();
  const background = createBackground({ limit: 10, report: fail });
  background.run(async () => {
    await first.opened;
    background.run(async () => {
      await Promise.resolve();
      done.push('second');
    });
    done.push('first');
  });
  const idle = background.idle().then(() => done.push('idle'));
  first.open();
  await idle;
  expect(done).toEqual(['first', 'second', 'idle']);
});

test('no more than the limit is under way at once; the rest is refused', async () => {
  const { opened, open } = gate();
  const background = createBackground({ limit: 2, report: fail });
  expect([1, 2, 3].map(() => background.run(() => opened))).toEqual([true, true, false]);
  open();
  await background.idle();
  expect(background.run(() => Promise.resolve())).toBe(true);
});

test('a failure is reported and stops nothing', async () => {
  const reported: unknown[] = [];
  const background = createBackground({ limit: 2, report: (error) => reported.push(error) });
  const error = new Error('no');
  background.run(() => Promise.reject(error));
  await background.idle();
  expect(reported).toEqual([error]);
});

function fail(error: unknown): never {
  throw error;
}
