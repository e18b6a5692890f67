import {
  type AttemptEvidence,
  type CallbackEvidence,
  type Evidence,
  type MessageEvidence,
  type OptOutEvidence,
  type StoredReceipt,
} from '../../../src/checker/evidence';
import { addressHash } from '../../../src/simulator/logs/address-hash';
import { type LogEntry } from '../../../src/simulator/logs/log-entry';
import { accepted, BEGAN_MS, called, recipientOf, SENDER, taken, told } from './log-entries';

export const ADA = recipientOf(1, '+12025550101');
export const BOB_FIRST = recipientOf(2, '+12025550102');
export const BOB_SECOND = recipientOf(3, '+12025550102');
export const CAROL = recipientOf(4, '+12025550103');
export const DAVE = recipientOf(5, '+12025550104');
/** Is called. */
export const GINA = '+12025550107';
/** Has opted out. */
export const ERIN = recipientOf(6, '+12025550105');

export function messageOf(messageId: string, overrides: Partial<MessageEvidence> = {}): MessageEvidence {
  return {
    messageId,
    workflowId: `deliver-${messageId}`,
    status: 'closed',
    category: 'notification',
    isFanOut: false,
    sendsToOptedOut: false,
    answers: undefined,
    childOf: undefined,
    createdAtMs: BEGAN_MS + 500,
    closedAtMs: BEGAN_MS + 3_000,
    outcome: { kind: 'delivered', channel: 'sms', attempt: 1 },
    caller: undefined,
    ...overrides,
  };
}

export function attemptOf(messageId: string, number: number, overrides: Partial<AttemptEvidence>): AttemptEvidence {
  return {
    messageId,
    number,
    messageSid: undefined,
    resultKind: undefined,
    startedAtMs: BEGAN_MS + 900,
    recipient: undefined,
    ...overrides,
  };
}

/** A callback that its caller took. */
export function callbackOf(
  messageId: string,
  type: string,
  overrides: Partial<CallbackEvidence> = {},
): CallbackEvidence {
  return { callbackId: `${messageId} ${type}`, messageId, type, status: 'delivered', ...overrides };
}

/** Erin has said STOP; committed long before anything is sent. */
export function stopOf(address: string, overrides: Partial<OptOutEvidence> = {}): OptOutEvidence {
  return {
    statementId: 1,
    address,
    sender: addressHash(SENDER),
    channel: 'sms',
    category: undefined,
    isStop: true,
    evidence: 'request-1',
    atMs: BEGAN_MS - 60_000,
    recordedAtMs: BEGAN_MS - 60_000,
    ...overrides,
  };
}

const OPEN = { status: 'awaiting_receipt', outcome: undefined, closedAtMs: undefined } as const;

const log: readonly LogEntry[] = [
  { kind: 'log.opened', sequence: 0, at: new Date(BEGAN_MS).toISOString() },
  accepted(1, { messageId: 'ada', attempt: 1 }, [ADA]),
  ...told(1, ADA, 'sent', 'delivered'),
  accepted(2, { messageId: 'bob', attempt: 1 }, [BOB_FIRST]),
  ...told(2, BOB_FIRST, 'sent', 'undelivered'),
  accepted(3, { messageId: 'bob', attempt: 2 }, [BOB_SECOND]),
  ...told(3, BOB_SECOND, 'delivered', 'read'),
  accepted(4, { messageId: 'group', attempt: 1 }, [CAROL, DAVE]),
  ...told(4, CAROL, 'delivered'),
  ...told(4, DAVE, 'undelivered'),
  called(20, { messageId: 'gina', attempt: 1 }, GINA),
  taken(20),
];

/** What follows from the log for the table of receipts. */
export function storedOf(entries: readonly LogEntry[]): StoredReceipt[] {
  return entries.flatMap((entry) =>
    entry.kind === 'receipt.changed'
      ? [
          {
            deliveryReceiptSid: entry.deliveryReceiptSid,
            status: entry.status,
            errorCode: entry.errorCode ?? undefined,
          },
        ]
      : [],
  );
}

/** One message of each kind, and nothing wrong with any of them. */
export function cleanEvidence(): Evidence {
  return {
    log,
    messages: [
      messageOf('ada'),
      messageOf('bob', { outcome: { kind: 'read', channel: 'sms', attempt: 2 } }),
      messageOf('group', { isFanOut: true, outcome: { kind: 'partly_delivered', channel: 'sms', attempt: 1 } }),
      messageOf('erin', {
        outcome: { kind: 'opted_out', channel: 'sms', attempt: 1 },
        caller: { redrives: 0, corrections: 0 },
      }),
      messageOf('gina', { outcome: { kind: 'delivered', channel: 'voice', attempt: 1 } }),
      messageOf('waiting', OPEN),
    ],
    attempts: [
      attemptOf('ada', 1, { messageSid: sid(1), recipient: ADA.address }),
      attemptOf('bob', 1, { messageSid: sid(2), recipient: BOB_FIRST.address }),
      attemptOf('bob', 2, { messageSid: sid(3), recipient: BOB_SECOND.address }),
      attemptOf('group', 1, { messageSid: sid(4) }),
      attemptOf('gina', 1, { resultKind: 'delivered', recipient: addressHash(GINA) }),
      attemptOf('erin', 1, { resultKind: 'opted_out', recipient: ERIN.address }),
    ],
    receipts: storedOf(log),
    optOuts: [stopOf(ERIN.address)],
    callbacks: [callbackOf('erin', 'message.opted_out')],
    workflows: new Map([
      ['deliver-ada', 'ended'],
      ['deliver-bob', 'ended'],
      ['deliver-waiting', 'running'],
    ]),
    acceptedMessageIds: ['ada', 'bob', 'group', 'erin', 'waiting'],
  };
}

function sid(number: number): string {
  return `IM${String(number).padStart(32, '0')}`;
}
