import { randomBytes } from 'node:crypto';
import { type DeliveryEvent } from '../../src/domain/delivery-event';
import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { type Outcome } from '../../src/domain/outcome';
import { type Sid } from '../../src/domain/sid';
import { type SidPrefix } from '../../src/domain/sid-kinds';
import { type IncomingReceipt } from '../../src/database/inbox-store';
import { type CreatedMessage, type NewAttempt, type NewMessage } from '../../src/database/message-store';
import { type OptOutStatement } from '../../src/database/opt-out-store';

/** Numbers that are reserved for examples. */
export const SENDER = '+12025550100';
export const RECIPIENT = '+12025550101';

/** Times are kept in whole milliseconds, rounded up as well as down: what was due a millisecond ago is due at once. */
export const AT_ONCE_MS = -1;

/** Matches a time as the stores give it. */
export const ANY_TIME: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** Gives a number that it has not given before, E.164. */
export function createNumbers(): () => string {
  let latest = 12025550000;
  return () => {
    latest += 1;
    return `+${latest}`;
  };
}

/** The object without some of its parts. */
export function omit<Whole extends object, Key extends keyof Whole>(whole: Whole, ...keys: Key[]): Omit<Whole, Key> {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !(keys as string[]).includes(key))) as Omit<
    Whole,
    Key
  >;
}

/** An identifier that nobody else has. */
export function newSid<Prefix extends SidPrefix>(prefix: Prefix): Sid<Prefix> {
  return `${prefix}${randomBytes(16).toString('hex')}` as Sid<Prefix>;
}

/** A message that nobody has accepted yet. */
export function newMessage(overrides: Partial<NewMessage> = {}): NewMessage {
  const messageId = `msg_${randomBytes(12).toString('hex')}`;
  return {
    messageId,
    workflowId: `deliver-${messageId}`,
    tenant: 'acme',
    requestHash: 'hash-of-the-request',
    request: {
      to: RECIPIENT,
      channel: 'sms',
      content: { body: 'Your parcel is at the door.' },
      category: 'notification',
      policy: DEFAULT_POLICIES.notification,
      metadata: { order: '4711' },
    },
    ...overrides,
  };
}

export function newAttempt(overrides: Partial<NewAttempt> = {}): NewAttempt {
  return { number: 1, step: 0, channel: 'sms', sender: SENDER, recipient: RECIPIENT, ...overrides };
}

/** What Twilio says to a create, with SIDs that nobody else has. */
export function newCreated(): Required<CreatedMessage> {
  return { conversationSid: newSid('CH'), participantSid: newSid('MB'), messageSid: newSid('IM') };
}

/** A receipt of the given message. */
export function newReceipt(created: CreatedMessage, overrides: Partial<IncomingReceipt> = {}): IncomingReceipt {
  return {
    deliveryReceiptSid: newSid('DY'),
    ...created,
    channelMessageSid: newSid('SM'),
    status: 'delivered',
    at: '2026-01-02T03:04:05.000Z',
    source: 'webhook',
    unknownFields: {},
    ...overrides,
  };
}

/** The event that a receipt becomes when it is stored under this id. */
export function eventOf(eventId: string, receipt: IncomingReceipt): DeliveryEvent {
  const { messageSid, participantSid, status, errorCode, at } = receipt;
  return {
    eventId,
    messageSid,
    ...(participantSid !== undefined && { participantSid }),
    status,
    ...(errorCode !== undefined && { errorCode }),
    at,
  };
}

/** The recipient says stop to everything. */
export function newOptOut(overrides: Partial<OptOutStatement> = {}): OptOutStatement {
  return {
    address: RECIPIENT,
    scope: {},
    optedOut: true,
    source: 'inbound_word',
    evidence: newSid('IM'),
    actor: 'recipient',
    at: '2026-01-02T03:04:05.678Z',
    ...overrides,
  };
}

export function newOutcome(overrides: Partial<Outcome> = {}): Outcome {
  return {
    kind: 'delivered',
    channel: 'sms',
    attempt: 1,
    reason: 'the handset confirmed it',
    at: '2026-01-02T03:04:06.000Z',
    ...overrides,
  };
}
