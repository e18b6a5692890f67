import { type SidPrefix } from '../../src/domain/sid-kinds';
import { parseSendRequest } from '../../src/request/parse-send-request';
import { expectSentence, misplaced, sidOfKind } from './each-kind';

const REQUEST = { to: '+12025550101', body: 'Hello' };
const stepOf = (step: object) => ({ ...REQUEST, policy: { escalation: [{ channel: 'sms', ...step }] } });

const humanStepOf = (step: object) => stepOf({ channel: 'human', queue: 'front-desk', ...step });
const voiceStepOf = (step: object) => stepOf({ channel: 'voice', ...step });

/** Fields of a request, the kinds that they take, and a request with a text in that field. */
const FIELDS: readonly [string, readonly SidPrefix[], (text: string) => unknown][] = [
  ['to', [], (text) => ({ ...REQUEST, to: text })],
  ['from', [], (text) => ({ ...REQUEST, from: text })],
  ['conversationSid', ['CH'], (text) => ({ conversationSid: text, body: 'Hello' })],
  ['content.sid', ['HX'], (text) => ({ to: REQUEST.to, content: { sid: text } })],
  ['media[0]', ['ME'], (text) => ({ ...REQUEST, media: [text] })],
  ['policy.escalation[0].to', [], (text) => stepOf({ to: text })],
  ['policy.escalation[0].from', [], (text) => stepOf({ from: text })],
  ['policy.escalation[0].onCall.to', [], (text) => humanStepOf({ onCall: { to: text } })],
  ['policy.escalation[0].onCall.from', [], (text) => humanStepOf({ onCall: { to: REQUEST.to, from: text } })],
  ['policy.escalation[0].to', [], (text) => voiceStepOf({ to: text })],
  ['policy.escalation[0].connectTo', [], (text) => voiceStepOf({ acknowledge: 'keypress', connectTo: text })],
  ['policy.escalation[0].from', [], (text) => voiceStepOf({ from: text })],
  ['policy.escalation[0].content.sid', ['HX'], (text) => stepOf({ content: { sid: text } })],
  ['whatsappTemplate.sid', ['HX'], (text) => ({ ...REQUEST, whatsappTemplate: { sid: text } })],
  [
    'policy.escalation[0].whatsappTemplate.sid',
    ['HX'],
    (text) => stepOf({ body: 'Hello', whatsappTemplate: { sid: text } }),
  ],
  [
    'policy.escalation[0].onCall.whatsappTemplate.sid',
    ['HX'],
    (text) => humanStepOf({ onCall: { to: `whatsapp:${REQUEST.to}`, whatsappTemplate: { sid: text } } }),
  ],
];

test.each(misplaced(FIELDS))('%s does not take %s', (name, found, [, expected, requestWith]) => {
  expectSentence(problemsOf(requestWith(sidOfKind(found))), name, found, expected);
});

test.each(FIELDS.filter(([, expected]) => expected.length > 0))(
  '%s takes %j',
  (_name, [prefix = 'AC'], requestWith) => {
    expect(problemsOf(requestWith(sidOfKind(prefix)))).toBe('');
  },
);

function problemsOf(input: unknown): string {
  const parsed = parseSendRequest(input);
  return parsed.ok ? '' : parsed.problems.map(({ message }) => message).join('\n');
}
