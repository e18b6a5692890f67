import { type Check, defineCheck } from '../../src/doctor/check';
import { type DoctorContext } from '../../src/doctor/doctor-context';
import { type Finding, green, red, yellow } from '../../src/doctor/finding';
import { runChecks } from '../../src/doctor/run-checks';
import { TwilioError } from '../../src/twilio/twilio-error';
import { doctorContext } from './doctor-context';

const LIMITS = { atOnce: 2, limitMs: 10_000 };
const complaint = { what: 'It is broken.', why: 'Things fall down.', remedy: 'Glue it.' };

function check(name: string, finding: Finding | (() => Promise<Finding>), after: readonly string[] = []): Check {
  return defineCheck({ name, after, run: () => (typeof finding === 'function' ? finding() : finding) });
}

async function statuses(checks: readonly Check[], context: DoctorContext = doctorContext()) {
  const results = await runChecks(checks, context, LIMITS);
  return results.map(({ name, status, what }) => [name, status, what]);
}

test('what builds on something red or left out is not asked; what builds on something yellow is', async () => {
  const checks = [
    check('first', red(complaint)),
    check('second', green('All is well.'), ['first']),
    check('third', green('All is well.'), ['second']),
    check('fourth', yellow(complaint)),
    check('fifth', green('All is well.'), ['fourth']),
  ];
  expect(await statuses(checks)).toEqual([
    ['first', 'red', 'It is broken.'],
    ['second', 'skipped', 'waits for first'],
    ['third', 'skipped', 'waits for second'],
    ['fourth', 'yellow', 'It is broken.'],
    ['fifth', 'green', 'All is well.'],
  ]);
});

test('a variable that is not set leaves a check out, a wrong one points to the configuration', async () => {
  const sender = defineCheck({ name: 'sender', needs: ['TWILIO_FROM'], run: () => green('never asked') });
  expect(await statuses([sender])).toEqual([['sender', 'skipped', 'TWILIO_FROM is not set']]);
  const problems = [{ variable: 'TWILIO_FROM', problem: 'is not a number' }];
  expect(await statuses([sender], doctorContext({ problems }))).toEqual([
    ['sender', 'skipped', 'waits until TWILIO_FROM is put right: see configuration'],
  ]);
});

test('so many run at once and no more, and all of them run', async () => {
  let [underWay, most] = [0, 0];
  const busy = async (): Promise<Finding> => {
    most = Math.max(most, (underWay += 1));
    await new Promise(setImmediate);
    underWay -= 1;
    return green('All is well.');
  };
  const found = await statuses(['a', 'b', 'c', 'd', 'e'].map((name) => check(name, busy)));
  expect(found.map(([, status]) => status)).toEqual(Array(5).fill('green'));
  expect(most).toBe(2);
});

test.each([
  [
    'Twilio that does not answer',
    new TwilioError({ fault: 'unreachable', operation: 'fetch account' }),
    /unreachable/,
    /TWILIO_API_BASE_URL/,
  ],
  [
    'Twilio that refuses',
    new TwilioError({ fault: 'refused', operation: 'fetch account', status: 400, code: 20001 }),
    /error 20001/,
    /docs\/api\/errors/,
  ],
  ['anything else', new Error('the line to +12025550123 is cut'), /the line to \[number\] is cut/, /Put right/],
])('an error is a finding: %s', async (_what, error, why, remedy) => {
  const results = await runChecks([check('one', () => Promise.reject(error))], doctorContext(), LIMITS);
  expect(results).toEqual([
    {
      name: 'one',
      status: 'red',
      what: 'This could not be checked.',
      why: expect.stringMatching(why) as string,
      remedy: expect.stringMatching(remedy) as string,
    },
  ]);
});

test('a check that never ends is given up, and keeps no other waiting', async () => {
  const stuck = check('stuck', () => new Promise<Finding>(() => undefined));
  const results = await runChecks([stuck, check('next', green('All is well.'))], doctorContext(), {
    atOnce: 1,
    limitMs: 20,
  });
  expect(results).toMatchObject([
    { name: 'stuck', status: 'red', why: 'there was no answer within 0.02 s' },
    { name: 'next', status: 'green' },
  ]);
});
