import { waitFor } from '../../src/demo/wait-for';

const NEVER = new AbortController().signal;

test('gives the first answer that is not undefined', async () => {
  const answers = [undefined, undefined, 'here'];
  const ask = () => Promise.resolve(answers.shift());
  expect(await waitFor('it', ask, { withinMs: 5_000, signal: NEVER })).toBe('here');
});

test('says what it waited for when time is up', async () => {
  const waiting = waitFor('the end', () => Promise.resolve(undefined), { withinMs: 20, signal: NEVER });
  await expect(waiting).rejects.toThrow('waited 0.02 s in vain for the end');
});

test('gives up when it is told to', async () => {
  const controller = new AbortController();
  const ask = () => {
    controller.abort(new Error('stopped'));
    return Promise.resolve(undefined);
  };
  await expect(waitFor('it', ask, { withinMs: 60_000, signal: controller.signal })).rejects.toThrow();
});
