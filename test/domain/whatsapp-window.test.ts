import { type MessageContent } from '../../src/domain/send-request';
import { parseSid } from '../../src/domain/sid';
import { fitToWindow, windowAt } from '../../src/domain/whatsapp-window';

const NOW_MS = Date.UTC(2026, 0, 2, 12);
const HOUR_MS = 3_600_000;
const ago = (milliseconds: number): string => new Date(NOW_MS - milliseconds).toISOString();
const whatsappTemplate = { contentSid: parseSid(`HX${'a'.repeat(32)}`, 'HX'), variables: { '1': 'Ann' } };
const template = { contentSid: parseSid(`HX${'b'.repeat(32)}`, 'HX'), variables: {} };

it.each([
  ['a moment ago', ago(0), 'open'],
  ['a little in the future, by another clock', ago(-1_000), 'open'],
  ['23 hours ago', ago(23 * HOUR_MS), 'open'],
  ['almost 24 hours ago', ago(24 * HOUR_MS - 60_000), 'unknown'],
  ['24 hours ago', ago(24 * HOUR_MS), 'closed'],
  ['as far as anybody knows never', undefined, 'unknown'],
] as const)('a person who wrote %s', (_when, lastInboundAt, window) => {
  expect(windowAt(NOW_MS, lastInboundAt)).toBe(window);
});

describe('what is sent', () => {
  const open = ago(HOUR_MS);
  const closed = ago(25 * HOUR_MS);
  const text: MessageContent = { body: 'Hello' };
  const both: MessageContent = { body: 'Hello', whatsappTemplate };
  const asTemplate = { kind: 'fits', content: { template: whatsappTemplate }, isTemplate: true };

  it.each<[string, MessageContent, string | undefined, object]>([
    ['the text through an open window', both, open, { kind: 'fits', content: text }],
    ['the template when it is closed', both, closed, asTemplate],
    ['the template when nobody knows', both, undefined, asTemplate],
    ['a text without a template when nobody knows', text, undefined, { kind: 'fits', content: text }],
    ['a text without a template through an open window', text, open, { kind: 'fits', content: text }],
    ['a template of its own at any time', { template }, closed, { kind: 'fits', content: { template } }],
  ])('%s', (_what, content, lastInboundAt, expected) => {
    expect(fitToWindow({ channel: 'whatsapp', content }, NOW_MS, lastInboundAt)).toEqual(expected);
  });

  it('nothing when it is closed and there is no template, with what Twilio would say and what to do', () => {
    expect(fitToWindow({ channel: 'whatsapp', content: text }, NOW_MS, closed)).toEqual({
      kind: 'refused',
      errorCode: 63016,
      errorClass: 'message',
      reason: `the 24-hour window is closed, as the recipient has not written since ${closed}, so nothing was sent: give whatsappTemplate`,
    });
  });

  it('the text on every other channel, whenever somebody wrote', () => {
    expect(fitToWindow({ channel: 'sms', content: both }, NOW_MS, closed)).toEqual({ kind: 'fits', content: text });
  });
});
