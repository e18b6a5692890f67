import { type EscalationStep } from '../../src/domain/policy';
import { parseSendRequest } from '../../src/request/parse-send-request';

const TEMPLATE = { sid: `HX${'a'.repeat(32)}`, variables: { '1': 'Ann' } };
const IN_DOMAIN = { contentSid: TEMPLATE.sid, variables: TEMPLATE.variables };

const read = (policy: object, request: object = {}) =>
  parseSendRequest({ to: '+12025550101', body: 'Hello', policy, ...request });
function stepOf(step: object): EscalationStep | undefined {
  const parsed = read({ escalation: [step] });
  if (!parsed.ok) {
    throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  }
  return parsed.request.policy.escalation[0];
}
function problemsOf(policy: object, request: object = {}): readonly string[] {
  const parsed = read(policy, request);
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

const EVERY_CHANNEL = [
  { channel: 'sms' },
  { channel: 'whatsapp' },
  { channel: 'voice' },
  { channel: 'human', queue: 'desk' },
];

describe('when', () => {
  it.each(EVERY_CHANNEL)('is one name or several, on a step of %j', (step) => {
    expect(stepOf({ ...step, when: 'timeout' })?.when).toEqual(['timeout']);
    expect(stepOf({ ...step, when: ['failed', 'landline'] })?.when).toEqual(['failed', 'landline']);
    expect(stepOf(step)).not.toHaveProperty('when');
  });

  it.each([['never'], [[]], [['timeout', 'never']], ['opt_out'], ['30006'], [null], [{ class: 'retry' }]])(
    'refuses %j with the names that it knows',
    (when) => {
      expect(problemsOf({ escalation: [{ channel: 'sms' }, { channel: 'sms', when }] })).toEqual([
        expect.stringMatching(
          /^policy\.escalation\[1\]\.when must be one of any, timeout, failed, .*landline.*, or a list of several; opt-outs lead to no step, but for `blocked`$/,
        ),
      ]);
    },
  );
});

describe('stepTimeout', () => {
  it('is taken from the policy and from steps of every channel but human', () => {
    const parsed = read({ stepTimeout: '10m', escalation: [{ channel: 'sms', stepTimeout: '1m' }] });
    expect(parsed).toMatchObject({
      ok: true,
      request: { policy: { stepTimeout: '10m', escalation: [{ stepTimeout: '1m' }] } },
    });
    expect(stepOf({ channel: 'voice', stepTimeout: '2m' })).toMatchObject({ stepTimeout: '2m' });
    expect(problemsOf({ escalation: [{ channel: 'human', queue: 'desk', stepTimeout: '1m' }] })).toEqual([
      expect.stringContaining('policy.escalation[0].stepTimeout is not a known field'),
    ]);
  });

  it('is a duration', () => {
    expect(problemsOf({ stepTimeout: 'soon', escalation: [{ channel: 'sms', stepTimeout: 5 }] })).toEqual([
      expect.stringContaining('policy.stepTimeout is not a duration: write a number'),
      expect.stringContaining('policy.escalation[0].stepTimeout is a number: give a duration'),
    ]);
  });
});

describe('whatsappTemplate', () => {
  it('stands beside a text, of the request and of a step', () => {
    expect(read({}, { whatsappTemplate: TEMPLATE })).toMatchObject({
      ok: true,
      request: { content: { body: 'Hello', whatsappTemplate: IN_DOMAIN } },
    });
    expect(stepOf({ channel: 'whatsapp', body: 'Hi', whatsappTemplate: TEMPLATE })).toMatchObject({
      content: { body: 'Hi', whatsappTemplate: IN_DOMAIN },
    });
  });

  it('stands in for nothing where there is no text', () => {
    const refusal =
      'takes the place of a text on WhatsApp, and there is none: give body beside it, or the template as content';
    expect(problemsOf({}, { body: undefined, content: TEMPLATE, whatsappTemplate: TEMPLATE })).toEqual([
      `whatsappTemplate ${refusal}`,
    ]);
    expect(problemsOf({ escalation: [{ channel: 'whatsapp', whatsappTemplate: TEMPLATE }] })).toEqual([
      `policy.escalation[0].whatsappTemplate ${refusal}`,
    ]);
  });

  it('is a template', () => {
    expect(problemsOf({}, { whatsappTemplate: { sid: 'MG' } })).toEqual([
      expect.stringContaining('whatsappTemplate.sid '),
    ]);
  });

  it('tells somebody on call', () => {
    const onCall = { to: 'whatsapp:+12025550109', whatsappTemplate: TEMPLATE };
    expect(stepOf({ channel: 'human', queue: 'desk', onCall })).toMatchObject({
      onCall: { channel: 'whatsapp', whatsappTemplate: IN_DOMAIN },
    });
  });
});
