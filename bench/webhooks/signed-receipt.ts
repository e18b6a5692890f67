import { randomBytes } from 'node:crypto';
import { type LocalCredentials } from '../../src/local/local-credentials';
import { LOCAL_PUBLIC_BASE_URL } from '../../src/local/stack-variables';
import { signWebhook } from '../../src/simulator/webhooks/signature';
import { type ReceiptSubject } from './load-settings';

export const WEBHOOK_PATH = '/webhooks/twilio/conversations';

/** A webhook, ready to be posted. */
export interface SignedReceipt {
  readonly method: 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A receipt that nobody has told yet, as Twilio posts it. Its status decides nothing, so it causes no signal:
 * what is measured is the answer.
 * Source of the fields: https://www.twilio.com/docs/conversations/conversations-webhooks#ondeliveryupdated
 */
export function signedReceipt(
  { accountSid, authToken, serviceSid }: LocalCredentials['twilio'],
  { conversationSid, messageSid, participantSid }: ReceiptSubject,
): SignedReceipt {
  const now = new Date().toISOString();
  const fields = {
    AccountSid: accountSid,
    EventType: 'onDeliveryUpdated',
    ChatServiceSid: serviceSid,
    RetryCount: '0',
    ConversationSid: conversationSid,
    MessageSid: messageSid,
    DeliveryReceiptSid: randomSid('DY'),
    ChannelMessageSid: randomSid('SM'),
    ParticipantSid: participantSid,
    DateCreated: now,
    DateUpdated: now,
    Status: 'sent',
  };
  return {
    method: 'POST',
    path: WEBHOOK_PATH,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'X-Twilio-Signature': signWebhook(authToken, `${LOCAL_PUBLIC_BASE_URL}${WEBHOOK_PATH}`, fields),
    },
    body: new URLSearchParams(fields).toString(),
  };
}

/** A Twilio identifier that nothing has. */
export function randomSid(prefix: string): string {
  return `${prefix}${randomBytes(16).toString('hex')}`;
}
