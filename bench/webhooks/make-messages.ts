import { type Knex } from 'knex';
import { createMessageStore } from '../../src/database/message-store';
import { completePolicy } from '../../src/domain/complete-policy';
import { messageIdFor } from '../../src/domain/message-id';
import { requestHash } from '../../src/domain/request-hash';
import { parseSid } from '../../src/domain/sid';
import { workflowIdFor } from '../../src/domain/workflow-id';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { LOCAL_SENDERS } from '../../src/local/stack-variables';
import { type ReceiptSubject } from './load-settings';
import { randomSid } from './signed-receipt';

/** Puts messages into the database that are at Twilio by now, so that receipts about them find their attempts. */
export async function makeMessages(knex: Knex, recipients: readonly string[]): Promise<readonly ReceiptSubject[]> {
  return await Promise.all(recipients.map((recipient) => makeMessage(knex, recipient)));
}

async function makeMessage(knex: Knex, recipient: string): Promise<ReceiptSubject> {
  const store = createMessageStore(knex);
  const messageId = messageIdFor(LOCAL_TENANT, `bench webhooks ${recipient}`);
  const request = {
    to: recipient,
    channel: 'sms',
    category: 'alert',
    content: { body: 'Hello.' },
    metadata: {},
    policy: completePolicy('alert', {}),
  } as const;
  const message = {
    messageId,
    workflowId: workflowIdFor(messageId),
    tenant: LOCAL_TENANT,
    requestHash: requestHash(request),
    request,
  };
  const created = {
    conversationSid: parseSid(randomSid('CH'), 'CH'),
    participantSid: parseSid(randomSid('MB'), 'MB'),
    messageSid: parseSid(randomSid('IM'), 'IM'),
  };
  const attempt = { number: 1, step: 0, channel: 'sms', sender: LOCAL_SENDERS.sms, recipient } as const;
  await store.beginAttempt(message, attempt, { opened: created });
  await store.recordCreated(messageId, attempt.number, created);
  return created;
}
