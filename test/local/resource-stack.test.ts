import { createResourceStack, type StopProblem, withResources } from '../../src/resource-stack';

function recorder(): { events: string[]; problems: StopProblem[]; options: Parameters<typeof createResourceStack>[0] } {
  const problems: StopProblem[] = [];
  return { events: [], problems, options: { stopWithinMs: 1000, report: (problem) => problems.push(problem) } };
}

test('stops in reverse order, one after the other, and once', async () => {
  const { events, options } = recorder();
  const stack = createResourceStack(options);
  for (const name of ['first', 'second', 'third']) {
    stack.add(name, async () => {
      events.push(`${name} stops`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${name} stopped`);
    });
  }
  await Promise.all([stack.stopAll(), stack.stopAll()]);
  const inReverse = ['third', 'second', 'first'];
  expect(events).toEqual(inReverse.flatMap((name) => [`${name} stops`, `${name} stopped`]));
});

test('a resource that fails or hangs is reported and does not keep the others running', async () => {
  const { events, problems, options } = recorder();
  const stack = createResourceStack(options);
  stack.add('healthy', () => void events.push('healthy stopped'));
  stack.add('broken', () => {
    throw new Error('out of order');
  });
  stack.add('hanging', () => new Promise<void>(() => undefined), 20);
  expect(await stack.stopAll()).toEqual(problems);
  expect(events).toEqual(['healthy stopped']);
  expect(problems.map(({ name, error }) => `${name}: ${String(error)}`)).toEqual([
    'hanging: Error: hanging did not stop within 20 ms.',
    'broken: Error: out of order',
  ]);
});

test('what is started while everything is being stopped is stopped too', async () => {
  const { events, options } = recorder();
  const stack = createResourceStack(options);
  stack.add('early', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    events.push('early stopped');
  });
  const stopping = stack.stopAll();
  expect(() => stack.add('late', () => void events.push('late stopped'))).toThrow('late was started while');
  await stopping;
  await stack.stopAll();
  expect(events.sort()).toEqual(['early stopped', 'late stopped']);
  expect(() => stack.add('later', () => void events.push('later stopped'))).toThrow('later was started while');
  await stack.stopAll();
  expect(events).toContain('later stopped');
});

describe('withResources', () => {
  test('stops after the work and returns its result', async () => {
    const { events, options } = recorder();
    const result = await withResources(options, async (stack) => {
      const resource = { value: 7, stop: () => void events.push('stopped') };
      return Promise.resolve(stack.use('resource', resource).value);
    });
    expect([result, events]).toEqual([7, ['stopped']]);
  });

  test('the error of the work wins over those of the stop, which are reported', async () => {
    const { problems, options } = recorder();
    const work = withResources(options, (stack) => {
      stack.add('broken', () => Promise.reject(new Error('out of order')));
      return Promise.reject(new Error('the work failed'));
    });
    await expect(work).rejects.toThrow('the work failed');
    expect(problems).toHaveLength(1);
  });

  test('a stop that fails after good work is an error', async () => {
    const { options } = recorder();
    const work = withResources(options, async (stack) => {
      stack.add('broken', () => Promise.reject(new Error('out of order')));
      return Promise.resolve();
    });
    await expect(work).rejects.toThrow('Not stopped: broken.');
  });
});
