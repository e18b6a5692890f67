import { SCENARIOS } from '../../src/demo/scenarios';
import { LOCAL_SENDERS } from '../../src/local/stack-variables';

const recipients = SCENARIOS.flatMap((scenario) => scenario.recipients);

test('no two scenarios write to the same number, and none to a sender', () => {
  expect(new Set([...recipients, ...Object.values(LOCAL_SENDERS)]).size).toBe(recipients.length + 3);
});

test("the number of README.md's examples behaves as usual after the tour", () => {
  expect(recipients).not.toContain('+12025550123');
});

test('only numbers that are reserved for examples are used', () => {
  expect(recipients.filter((recipient) => !/^\+120255501\d\d$/.test(recipient))).toEqual([]);
});

test('each scenario has a title of its own and ends every message with an outcome', () => {
  expect(new Set(SCENARIOS.map(({ title }) => title)).size).toBe(SCENARIOS.length);
  for (const { expected } of SCENARIOS) {
    expect(expected.some((line) => line.startsWith('→ '))).toBe(true);
  }
});
