import { describeDoctor } from '../../src/cli/describe-doctor';
import { green, red } from '../../src/doctor/finding';
import { toReport } from '../../src/doctor/report';

test('says of each check what is so, and of those that are not green why and what to do', () => {
  const report = toReport(
    [
      { name: 'clock', ...green("This machine's clock agrees with Twilio's.") },
      {
        name: 'webhooks',
        ...red({ what: 'They differ:\n- Method=GET', why: 'They do not come.', remedy: 'Set them.' }),
      },
      { name: 'conductor', status: 'skipped', what: 'TWILIO_CONDUCTOR_SID is not set' },
    ],
    ['- Method=GET', '+ Method=POST'],
  );
  expect(describeDoctor(report)).toBe(
    [
      "green   clock: This machine's clock agrees with Twilio's.",
      'red     webhooks: They differ:',
      '        - Method=GET',
      '        Why: They do not come.',
      '        Remedy: Set them.',
      'skipped conductor: TWILIO_CONDUCTOR_SID is not set',
      'Changed at Twilio:',
      '        - Method=GET',
      '        + Method=POST',
      '',
      'red: 1 red, 0 yellow, 1 green, 1 skipped',
      '',
    ].join('\n'),
  );
});

test('the JSON has every part of every check, and the gravest status', () => {
  const report = toReport([{ name: 'clock', ...green('Right.') }], []);
  expect(report).toEqual({
    status: 'green',
    checks: [{ name: 'clock', status: 'green', what: 'Right.', why: null, remedy: null }],
    changed: [],
  });
});
