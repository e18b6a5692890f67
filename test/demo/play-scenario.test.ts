import { type DemoDoctor } from '../../src/demo/demo-doctor';
import { playScenario, type PlayOptions } from '../../src/demo/play-scenario';
import { type PosthornApi } from '../../src/demo/posthorn-api';
import { type Scenario } from '../../src/demo/scenario';
import { type SimulatorControl } from '../../src/simulator/control/simulator-control';

function scenarioOf(play: Scenario['play']): Scenario {
  return { title: 'A story', recipients: ['+12025550110'], expected: ['one', 'two'], play };
}

function optionsWith(api: Partial<PosthornApi> = {}): PlayOptions & { readonly said: string[] } {
  const said: string[] = [];
  const nobodyOptedOut = { showOptOut: () => Promise.resolve({ address: '', optedOut: false, scopes: [] }) };
  return {
    api: { ...nobodyOptedOut, ...api } as PosthornApi,
    doctor: {} as DemoDoctor,
    simulator: {} as SimulatorControl,
    signal: new AbortController().signal,
    say: (line) => said.push(line),
    said,
  };
}

test('agrees when what happened is what was expected', async () => {
  const options = optionsWith();
  const result = await playScenario(
    scenarioOf(() => Promise.resolve(['one', 'two'])),
    options,
  );
  expect(result).toMatchObject({ agrees: true, happened: ['one', 'two'] });
  expect(options.said).toEqual(['A story: as expected']);
});

test.each([[['one']], [['two', 'one']], [['one', 'two', 'three']]])(
  'does not agree when %j happened',
  async (lines) => {
    const result = await playScenario(
      scenarioOf(() => Promise.resolve(lines)),
      optionsWith(),
    );
    expect(result.agrees).toBe(false);
  },
);

test('an error is what happened, and what was sent before it is known', async () => {
  const api = { send: () => Promise.resolve({ id: 'msg_1', workflowId: 'deliver-msg_1' }) };
  const play: Scenario['play'] = async (stage) => {
    await stage.send({ to: '+12025550110', body: 'Hello' });
    throw new Error('it broke');
  };
  expect(await playScenario(scenarioOf(play), optionsWith(api))).toMatchObject({
    agrees: false,
    happened: ['it broke'],
    sent: [{ messageId: 'msg_1', workflowId: 'deliver-msg_1' }],
  });
});

test('what is kept for the end of the tour comes with the result', async () => {
  const play: Scenario['play'] = (stage) => {
    stage.show(['first', 'second']);
    return Promise.resolve(['one', 'two']);
  };
  expect(await playScenario(scenarioOf(play), optionsWith())).toMatchObject({ shown: ['first', 'second'] });
});

test('waits for what is going on at Twilio', async () => {
  const options = optionsWith();
  const answers = [undefined, 'ringing'];
  const play: Scenario['play'] = async (stage) => {
    await stage.until('the phone rings', () => answers.shift());
    return ['one', 'two'];
  };
  expect(await playScenario(scenarioOf(play), options)).toMatchObject({ agrees: true });
  expect(options.said).toContain('A story: the phone rings');
});

test('what fails because it was stopped is not what happened', async () => {
  const controller = new AbortController();
  const play: Scenario['play'] = () => {
    controller.abort(new Error('stopped'));
    return Promise.reject(new Error('the call was given up'));
  };
  const options = { ...optionsWith(), signal: controller.signal };
  await expect(playScenario(scenarioOf(play), options)).rejects.toThrow('stopped');
  expect(options.said).toEqual([]);
});

test('lifts the opt-outs that an earlier tour left in the ledger', async () => {
  const lifted: string[] = [];
  const api: Partial<PosthornApi> = {
    showOptOut: (address) => Promise.resolve({ address, optedOut: true, scopes: [] }),
    liftOptOut: (address) => {
      lifted.push(address);
      return Promise.resolve();
    },
  };
  await playScenario(
    scenarioOf(() => Promise.resolve([])),
    optionsWith(api),
  );
  expect(lifted).toEqual(['+12025550110']);
});
