import { type SidPrefix } from '../../src/domain/sid-kinds';
import { parseConversationsWebhook } from '../../src/twilio/conversations-webhook';
import { parseMessagingWebhook } from '../../src/twilio/messaging-webhook';
import { voiceCallbackUrl } from '../../src/twilio/voice-callback';
import { parseVoiceWebhook } from '../../src/twilio/voice-webhook';
import { expectSentence, misplaced, sidOfKind } from './each-kind';

type Parse = (rawBody: Buffer) => { readonly ok: boolean; readonly problems?: readonly string[] };
type Case = readonly [string, readonly SidPrefix[], Parse, Readonly<Record<string, string>>];

const RECEIPT = {
  EventType: 'onDeliveryUpdated',
  AccountSid: sidOfKind('AC'),
  ConversationSid: sidOfKind('CH'),
  MessageSid: sidOfKind('IM'),
  DeliveryReceiptSid: sidOfKind('DY'),
  Status: 'delivered',
};
const ADDED = {
  EventType: 'onMessageAdded',
  AccountSid: sidOfKind('AC'),
  ConversationSid: sidOfKind('CH'),
  MessageSid: sidOfKind('IM'),
};
const INBOUND = {
  AccountSid: sidOfKind('AC'),
  MessageSid: sidOfKind('SM'),
  From: '+12025550101',
  To: '+12025550100',
  Body: 'Hello',
};

const CALL = { AccountSid: sidOfKind('AC'), CallSid: sidOfKind('CA'), CallStatus: 'completed' };
const CALL_QUERY = new URL(
  voiceCallbackUrl('https://posthorn.example.com', {
    purpose: 'status',
    key: { messageId: `msg_${'a'.repeat(32)}`, attempt: 2, step: 1 },
  }),
).searchParams;
const parseCall: Parse = (rawBody) => parseVoiceWebhook(rawBody, CALL_QUERY, '2026-01-31T08:00:00.000Z');

/** Fields that have to be there, with the kinds that they take. */
const FIELDS: readonly Case[] = [
  ['AccountSid', ['AC'], parseConversationsWebhook, RECEIPT],
  ['ConversationSid', ['CH'], parseConversationsWebhook, RECEIPT],
  ['MessageSid', ['IM'], parseConversationsWebhook, RECEIPT],
  ['DeliveryReceiptSid', ['DY'], parseConversationsWebhook, RECEIPT],
  ['AccountSid', ['AC'], parseConversationsWebhook, ADDED],
  ['ConversationSid', ['CH'], parseConversationsWebhook, ADDED],
  ['MessageSid', ['IM'], parseConversationsWebhook, ADDED],
  ['AccountSid', ['AC'], parseMessagingWebhook, INBOUND],
  ['MessageSid', ['SM', 'MM', 'WA'], parseMessagingWebhook, INBOUND],
  ['AccountSid', ['AC'], parseCall, CALL],
  ['CallSid', ['CA'], parseCall, CALL],
];

test.each(misplaced(FIELDS))('%s of a webhook does not take %s', (name, found, [, expected, parse, fields]) => {
  const parsed = parse(formOf({ ...fields, [name]: sidOfKind(found) }));
  expect(parsed.ok).toBe(false);
  expectSentence(parsed.problems?.join('\n') ?? '', name, found, expected);
});

test.each(FIELDS)('%s of a webhook takes %j', (name, expected, parse, fields) => {
  const results = expected.map((prefix) => parse(formOf({ ...fields, [name]: sidOfKind(prefix) })).ok);
  expect(results).toEqual(expected.map(() => true));
});

function formOf(fields: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(new URLSearchParams(fields).toString());
}
