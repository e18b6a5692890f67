import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type IncomingReceipt } from '../../../src/database/inbox-store';
import { type CreatedMessage } from '../../../src/database/message-store';
import { openLogFile } from '../../../src/simulator/logs/log-file';
import { createLogs } from '../../../src/simulator/logs/logs';
import { attemptAttributes } from '../../../src/twilio/attempt-attributes';
import { type AddressPair, type AttemptKey } from '../../../src/twilio/gateway';
import { toTwilioAddress } from '../../../src/twilio/twilio-address';
import { newSid } from '../../support/database-fixtures';

/** What the simulator would write down, for the Twilio that is played. */
export interface TwilioLog {
  readonly file: string;
  accepted(created: Required<CreatedMessage>, pair: AddressPair, key: AttemptKey): void;
  /** A receipt has another status. */
  changed(receipt: IncomingReceipt): void;
  /** Its webhook was answered with 200. */
  answered(receipt: IncomingReceipt): void;
  remove(): Promise<void>;
}

export async function createTwilioLog(): Promise<TwilioLog> {
  const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-stage-'));
  const file = path.join(folder, 'twilio.jsonl');
  const logFile = openLogFile(file);
  const { events } = createLogs(1, logFile);
  return {
    file,
    accepted({ participantSid, ...about }, { channel, recipient, sender }, key) {
      const address = toTwilioAddress(channel, recipient);
      const proxyAddress = toTwilioAddress(channel, sender);
      events.append({
        kind: 'message.accepted',
        ...about,
        recipients: [{ participantSid, deliveryReceiptSid: newSid('DY'), address, proxyAddress }],
        detail: { attributes: attemptAttributes(key), requestedAt: new Date().toISOString() },
      });
    },
    changed: (receipt) => {
      const { errorCode = null, status } = receipt;
      events.append({ kind: 'receipt.changed', ...sidsOf(receipt), detail: { status, errorCode } });
    },
    answered: (receipt) => {
      const { errorCode, status } = receipt;
      const event = { eventType: 'onDeliveryUpdated', status, copy: 1, httpStatus: 200 };
      const detail = { ...event, ...(errorCode === undefined ? {} : { errorCode }) };
      events.append({ kind: 'webhook.answered', ...sidsOf(receipt), detail });
    },
    async remove() {
      logFile.close();
      await rm(folder, { recursive: true });
    },
  };
}

function sidsOf({ conversationSid, deliveryReceiptSid, messageSid, participantSid }: IncomingReceipt) {
  return {
    conversationSid,
    messageSid,
    deliveryReceiptSid,
    ...(participantSid === undefined ? {} : { participantSid }),
  };
}
