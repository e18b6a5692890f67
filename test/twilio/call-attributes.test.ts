import { parseSid } from '../../src/domain/sid';
import { notedAttributes } from '../../src/twilio/call-attributes';
import { type CallNote } from '../../src/twilio/gateway';

const hex = (number: number): string => String(number).padStart(32, '0');

function noteOf(number: number, beside: Partial<CallNote> = {}): CallNote {
  return {
    callSid: parseSid(`CA${hex(number)}`, 'CA'),
    messageId: 'msg_1',
    attempt: number,
    conversationSid: parseSid(`CH${hex(1)}`, 'CH'),
    participantSid: parseSid(`MB${hex(1)}`, 'MB'),
    ...beside,
  };
}

const noted = (attributes: string, note: CallNote): unknown => JSON.parse(notedAttributes(attributes, note) ?? 'null');
const callOf = ({ attempt, callSid, messageId }: CallNote): object => ({ callSid, messageId, attempt });

test('a call is noted with its message, and what is configured beside it', () => {
  const applicationSid = parseSid(`AP${hex(1)}`, 'AP');
  const conductorSid = parseSid(`CN${hex(1)}`, 'CN');
  expect(noted('{}', noteOf(1))).toEqual({ posthorn: { calls: [callOf(noteOf(1))] } });
  expect(noted('{}', noteOf(1, { applicationSid, conductorSid }))).toEqual({
    posthorn: { applicationSid, conductorSid, calls: [callOf(noteOf(1))] },
  });
});

test('what others keep there stays, ours beside the calls too', () => {
  const before = { name: 'Ada', posthorn: { colour: 'red', calls: [{ callSid: 'CA1', by: 'somebody' }] }, tags: [1] };
  expect(noted(JSON.stringify(before), noteOf(2))).toEqual({
    ...before,
    posthorn: { colour: 'red', calls: [...before.posthorn.calls, callOf(noteOf(2))] },
  });
});

test('a call that is noted already is not noted again', () => {
  const first = notedAttributes('{}', noteOf(1)) ?? '';
  expect(notedAttributes(first, noteOf(1))).toBeUndefined();
});

test('of too many calls the newest stay', () => {
  const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
  const text = numbers.reduce((attributes, number) => notedAttributes(attributes, noteOf(number)) ?? '', '{}');
  const { posthorn } = JSON.parse(text) as { posthorn: { calls: { attempt: number }[] } };
  expect(posthorn.calls.map(({ attempt }) => attempt)).toEqual(numbers.slice(-20));
});

test.each([
  [3_500, 7],
  [3_900, 2],
])('with %i bytes of others the limit of Twilio is kept', (bytes, most) => {
  const others = { notes: 'é'.repeat(bytes / 2) };
  const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
  const text = numbers.reduce(
    (attributes, number) => notedAttributes(attributes, noteOf(number)) ?? '',
    JSON.stringify(others),
  );
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
  const { notes, posthorn } = JSON.parse(text) as { notes: string; posthorn: { calls: { attempt: number }[] } };
  expect(notes).toBe(others.notes);
  expect(posthorn.calls.length).toBeLessThanOrEqual(most);
  expect(posthorn.calls.at(-1)?.attempt).toBe(12);
});

test.each([
  ['no room', JSON.stringify({ notes: 'x'.repeat(4_070) })],
  ['no JSON', 'hello'],
  ['a list', '[1]'],
  ['a text', '"hello"'],
  ['something else under our name', '{"posthorn": "mine"}'],
])('nothing is written over %s', (_, attributes) => {
  expect(notedAttributes(attributes, noteOf(1))).toBeUndefined();
});
