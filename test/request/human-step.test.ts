import { parseSendRequest, type RequestDefaults } from '../../src/request/parse-send-request';

const read = (step: object, defaults?: RequestDefaults) =>
  parseSendRequest(
    { to: '+12025550101', body: 'Hello', policy: { escalation: [{ channel: 'human', queue: 'desk', ...step }] } },
    defaults,
  );
const problemsOf = (step: object, defaults?: RequestDefaults): readonly string[] => {
  const parsed = read(step, defaults);
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field}: ${message}`);
};

it.each([
  [{ to: '+1 (202) 555-0109' }, { channel: 'sms', to: '+12025550109' }],
  [{ to: 'whatsapp:+12025550109' }, { channel: 'whatsapp', to: '+12025550109' }],
  [
    { to: '+12025550109', from: '+12025550100', channel: 'whatsapp' },
    { channel: 'whatsapp', to: '+12025550109', from: '+12025550100' },
  ],
])('reads whom on call to tell: %j', (onCall, expected) => {
  expect(read({ onCall })).toMatchObject({ ok: true, request: { policy: { escalation: [{ onCall: expected }] } } });
});

it.each([
  [
    {},
    'policy.escalation[0].onCall.to: policy.escalation[0].onCall.to is missing: give the number of whoever is on call',
  ],
  [{ to: '0109' }, 'policy.escalation[0].onCall.to: policy.escalation[0].onCall.to has no country code'],
  [{ to: '+12025550109', from: '+12025550109' }, 'policy.escalation[0].onCall.from: '],
  [{ to: 'whatsapp:+12025550109', channel: 'sms' }, 'policy.escalation[0].onCall.to: '],
  [{ to: '+12025550109', queue: 'desk' }, 'policy.escalation[0].onCall.queue: '],
  ['+12025550109', 'policy.escalation[0].onCall: policy.escalation[0].onCall is a text: give an object such as'],
])('refuses onCall %j', (onCall, problem) => {
  expect(problemsOf({ onCall })).toEqual([expect.stringContaining(problem)]);
});

it('wants a sender for whoever is on call', () => {
  const onCall = { to: 'whatsapp:+12025550109' };
  expect(problemsOf({ onCall }, { senders: { sms: '+12025550100' } })).toEqual([
    'policy.escalation[0].onCall.from: policy.escalation[0].onCall.from is missing: no sender is known for whatsapp: give from, or set TWILIO_WHATSAPP_FROM or a pool whatsapp:* in POSTHORN_SENDERS',
  ]);
  expect(problemsOf({ onCall }, { senders: { sms: '+12025550100', whatsapp: '+12025550100' } })).toEqual([]);
});

it('asks of a team’s tool what it asks of a caller', () => {
  const callbackUrl = 'https://team.example/tasks';
  const rules = { allowPrivate: false, hasSecret: true };
  expect(read({ callbackUrl })).toMatchObject({ request: { policy: { escalation: [{ callbackUrl }] } } });
  expect(problemsOf({ callbackUrl }, { callbacks: rules })).toEqual([]);
  expect(problemsOf({ callbackUrl: 'team.example' })).toEqual([
    expect.stringContaining('policy.escalation[0].callbackUrl is not an address: give an https URL'),
  ]);
  expect(problemsOf({ callbackUrl: 'http://team.example' }, { callbacks: { ...rules, hasSecret: false } })).toEqual([
    expect.stringContaining('policy.escalation[0].callbackUrl is not https'),
    expect.stringContaining('policy.escalation[0].callbackUrl cannot be used without a secret'),
  ]);
});
