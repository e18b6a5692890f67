import { parseSid } from '../../src/domain/sid';
import { type MessageAdded } from '../../src/twilio/message-added';
import { attemptOfSeen } from '../../src/twilio/seen-message';
import { omit } from '../support/database-fixtures';

const attemptKey = { messageId: `msg_${'a2'.repeat(16)}`, attempt: 1 };
const OURS: MessageAdded = {
  kind: 'messageAdded',
  accountSid: parseSid(`AC${'0'.repeat(32)}`, 'AC'),
  conversationSid: parseSid(`CH${'0'.repeat(32)}`, 'CH'),
  messageSid: parseSid(`IM${'0'.repeat(32)}`, 'IM'),
  source: 'API',
  body: 'hello',
  attributes: {},
  attemptKey,
};

it('believes the key of a message that was made over the API', () => {
  expect(attemptOfSeen(OURS)).toEqual(attemptKey);
});

it.each<[string, Partial<MessageAdded>]>([
  ['a participant wrote with a chat client', { source: 'SDK' }],
  ['a person wrote', { source: 'SMS' }],
  ['has a message id that is none of ours', { attemptKey: { ...attemptKey, messageId: 'msg_\u0000' } }],
  ['has an attempt that no policy allows', { attemptKey: { ...attemptKey, attempt: 2 ** 40 } }],
])('does not believe what %s', (_what, change) => {
  expect(attemptOfSeen({ ...OURS, ...change })).toBeUndefined();
});

it.each(['attemptKey', 'source'] as const)('finds no attempt without %s', (field) => {
  expect(attemptOfSeen(omit(OURS, field))).toBeUndefined();
});
