import fc from 'fast-check';
import { KEY_ANSWERS } from '../../src/domain/call-event';
import { type CallSpeech, menuPhrases } from '../../src/domain/call-speech';
import { parseTwiml } from '../../src/simulator/twiml/parse-twiml';
import { type Verb } from '../../src/simulator/twiml/verb';
import {
  answerTwiml,
  connectTwiml,
  goodbyeTwiml,
  hangUpTwiml,
  inlineSpeechTwiml,
  LONGEST_INLINE_TWIML,
  otherKeyTwiml,
  speechTwiml,
  unreachableTwiml,
  voicemailTwiml,
} from '../../src/twilio/voice-twiml';

const SPEECH: CallSpeech = { text: 'The door is open', language: 'en-GB', voice: 'Polly.Amy', repeat: 2 };
const KEYS = { offered: KEY_ANSWERS, actionUrl: 'https://posthorn.example/voice?for=key&round=1' };

const kinds = (twiml: string): string[] => parseTwiml(twiml).map(({ kind }) => kind);
const spoken = (verbs: readonly Verb[]): string[] =>
  verbs.flatMap((verb) => (verb.kind === 'gather' ? spoken(verb.prompts) : verb.kind === 'say' ? [verb.text] : []));

test('speaks the text and the menu as often as it should, asking for one key of any kind', () => {
  const verbs = parseTwiml(speechTwiml(SPEECH, KEYS));
  expect(verbs.map(({ kind }) => kind)).toEqual(['gather', 'pause', 'gather', 'hangup']);
  const menu = 'Press 1 to acknowledge. Press 2 if you do not want such calls. Press 9 to speak to a person.';
  expect(spoken(verbs)).toEqual([SPEECH.text, menu, SPEECH.text, menu]);
  expect(verbs[0]).toMatchObject({ action: KEYS.actionUrl, method: 'POST', numDigits: 1, finishOnKey: '' });
});

test('without keys it asks for none', () => {
  expect(kinds(speechTwiml(SPEECH))).toEqual(['say', 'pause', 'say', 'hangup']);
  expect(kinds(speechTwiml(SPEECH, { ...KEYS, offered: [] }))).toEqual(['say', 'pause', 'say', 'hangup']);
});

test('the menu is in the language of the text, or in English and spoken so', () => {
  expect(speechTwiml({ ...SPEECH, language: 'de-AT' }, KEYS)).toContain(
    '<Say language="de-AT" voice="Polly.Amy">Drücken Sie die 1',
  );
  const polish = speechTwiml({ ...SPEECH, language: 'pl-PL' }, KEYS);
  expect(polish).toContain('<Say language="pl-PL" voice="Polly.Amy">The door');
  expect(polish).toContain('<Say language="en-US">Press 1');
  expect(menuPhrases('toString-US').language).toBe('en-US');
});

test('any text comes out as it went in, but for what XML has no place for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (text) => {
      const [say] = spoken(parseTwiml(speechTwiml({ ...SPEECH, text, repeat: 1 })));
      const readable = text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ');
      // XML reads every end of a line as a line feed, written or not.
      const alike = (value: string): string => value.replace(/\r\n?/g, '\n').trim();
      expect(alike(say ?? '')).toBe(alike(readable));
    }),
    { numRuns: 500 },
  );
});

test('what comes with the call is all of it, or nothing when that does not fit', () => {
  const said = (length: number) => inlineSpeechTwiml({ ...SPEECH, text: 'x'.repeat(length) }, KEYS);
  const frame = (said(1) ?? '').length - SPEECH.repeat;
  const longest = Math.floor((LONGEST_INLINE_TWIML - frame) / SPEECH.repeat);
  expect(said(longest)).toBe(speechTwiml({ ...SPEECH, text: 'x'.repeat(longest) }, KEYS));
  expect(said(longest + 1)).toBeUndefined();
});

test('each answer is thanked for', () => {
  expect(spoken(parseTwiml(answerTwiml('acknowledge', 'en-US')))).toEqual([
    'Thank you. Your answer has been noted.',
    'Goodbye.',
  ]);
  expect(kinds(answerTwiml('person', 'en-US'))).toEqual(['say', 'say', 'hangup']);
  expect(kinds(answerTwiml('opt_out', 'fr-FR'))).toEqual(['say', 'say', 'hangup']);
});

test('somebody is put through with our number, for an hour at most, and told where that ends', () => {
  const connection = {
    number: '+12025550111',
    callerId: '+12025550100',
    actionUrl: 'https://posthorn.example/a?b=1&c=2',
  };
  const twiml = connectTwiml(connection, 'de-DE');
  const [say, dial, ...rest] = parseTwiml(twiml);
  expect(say).toMatchObject({ kind: 'say', text: 'Sie werden verbunden.' });
  expect(dial).toEqual({ kind: 'dial', number: connection.number, action: connection.actionUrl, method: 'POST' });
  expect(rest).toEqual([]);
  expect(twiml).toContain('callerId="+12025550100" timeout="30" timeLimit="3600"');
  expect(spoken(parseTwiml(unreachableTwiml('en-US')))).toEqual(['Nobody can be reached at the moment.', 'Goodbye.']);
});

test('a wrong key is answered with the menu, and at last with a goodbye', () => {
  const verbs = parseTwiml(otherKeyTwiml('en-US', { ...KEYS, offered: ['acknowledge'] }));
  expect(spoken(verbs)).toEqual(['That key has no meaning here.', 'Press 1 to acknowledge.', 'Goodbye.']);
  expect(kinds(goodbyeTwiml('es-MX'))).toEqual(['say', 'hangup']);
});

test('a machine hears a text once, and the longest one always comes with the order', () => {
  expect(spoken(parseTwiml(voicemailTwiml('Call us', SPEECH)))).toEqual(['Call us']);
  expect(voicemailTwiml('&'.repeat(600), SPEECH).length).toBeLessThanOrEqual(LONGEST_INLINE_TWIML);
  expect(kinds(hangUpTwiml())).toEqual(['hangup']);
});
