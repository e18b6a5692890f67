import { type LogEntry, type LogRecipient } from '../simulator/logs/log-entry';
import { type AttemptKey, attemptKeyOf, attemptKeyOfQuery } from './attempt-key';
import { addTo } from './group-by';

/** A message that Twilio took over its API. */
export interface Create {
  readonly messageSid: string;
  readonly conversationSid: string;
  /** Undefined when it carries none of ours. */
  readonly key: AttemptKey | undefined;
  readonly requestedAtMs: number;
  readonly recipients: readonly LogRecipient[];
}

/** A call that Twilio took over its API. Addresses are hashes. */
export interface PlacedCall {
  readonly callSid: string;
  readonly conversationSid: string | undefined;
  /** Undefined when its callback URLs carry none of ours. */
  readonly key: AttemptKey | undefined;
  readonly requestedAtMs: number;
  readonly address: string;
  readonly proxyAddress: string;
}

/** A receipt that somebody was told of and answered with 2xx. */
export interface ToldReceipt {
  readonly conversationSid: string;
  readonly messageSid: string | undefined;
  readonly participantSid: string | undefined;
  readonly deliveryReceiptSid: string;
  readonly status: string;
  readonly errorCode: number | undefined;
}

/** What follows from the log whatever the order in which webhooks were answered. */
export interface LogFacts {
  readonly beganAtMs: number;
  readonly creates: readonly Create[];
  readonly calls: readonly PlacedCall[];
  /** SIDs of calls that somebody or something took. */
  readonly takenCalls: ReadonlySet<string>;
  /** Every status that a message ever had with a recipient, by `legName`. */
  readonly statuses: ReadonlyMap<string, ReadonlySet<string>>;
  /** Without repetitions. */
  readonly told: readonly ToldReceipt[];
  /** The statuses of them by message SID. */
  readonly toldStatuses: ReadonlyMap<string, ReadonlySet<string>>;
  /** Messages of which a webhook, whatever it told, was answered with 2xx; with the time of the first such answer. */
  readonly answeredAtMs: ReadonlyMap<string, number>;
  /** Webhooks that were tried. */
  readonly webhooks: number;
}

type Answered = Extract<LogEntry, { kind: 'webhook.answered' }>;

/** Folds the log into facts. */
export function factsOf(log: readonly LogEntry[]): LogFacts {
  const statuses = new Map<string, Set<string>>();
  const creates: Create[] = [];
  const calls: PlacedCall[] = [];
  const takenCalls = new Set<string>();
  const answered: Answered[] = [];
  let webhooks = 0;
  for (const entry of log) {
    if (entry.kind === 'message.accepted') {
      creates.push(createOf(entry));
    } else if (entry.kind === 'call.accepted') {
      calls.push(callOf(entry));
    } else if (entry.kind === 'call.status_changed' && entry.status === 'in-progress') {
      takenCalls.add(entry.callSid);
    } else if (entry.kind === 'receipt.changed') {
      addTo(statuses, legName(entry), entry.status);
    } else if (entry.kind === 'webhook.answered') {
      answered.push(entry);
    }
    webhooks += entry.kind === 'webhook.answered' || entry.kind === 'webhook.failed' ? 1 : 0;
  }
  const taken = answered.filter(({ httpStatus }) => httpStatus >= 200 && httpStatus < 300);
  const told = toldOf(taken);
  const toldStatuses = new Map<string, Set<string>>();
  told.forEach(({ messageSid = '', status }) => addTo(toldStatuses, messageSid, status));
  return {
    beganAtMs: log.reduce((earliest, { at }) => Math.min(earliest, Date.parse(at)), Infinity),
    creates,
    calls,
    takenCalls,
    statuses,
    told,
    toldStatuses,
    answeredAtMs: firstAnswers(taken),
    webhooks,
  };
}

function createOf(entry: Extract<LogEntry, { kind: 'message.accepted' }>): Create {
  const { messageSid, conversationSid, attributes, requestedAt, recipients } = entry;
  return {
    messageSid,
    conversationSid,
    key: attemptKeyOf(attributes),
    requestedAtMs: Date.parse(requestedAt),
    recipients,
  };
}

function callOf(entry: Extract<LogEntry, { kind: 'call.accepted' }>): PlacedCall {
  const { address, callbackQuery, callSid, conversationSid, proxyAddress, requestedAt } = entry;
  const key = attemptKeyOfQuery(callbackQuery);
  return { callSid, conversationSid, key, requestedAtMs: Date.parse(requestedAt), address, proxyAddress };
}

function toldOf(answered: readonly Answered[]): ToldReceipt[] {
  const byEvent = new Map<string, ToldReceipt>();
  for (const { eventType, conversationSid, messageSid, participantSid, ...rest } of answered) {
    const { deliveryReceiptSid, status, errorCode } = rest;
    if (eventType === 'onDeliveryUpdated' && deliveryReceiptSid !== undefined && status !== undefined) {
      const told = { conversationSid, messageSid, participantSid, deliveryReceiptSid, status, errorCode };
      byEvent.set(receiptName(told), told);
    }
  }
  return [...byEvent.values()];
}

function firstAnswers(answered: readonly Answered[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { messageSid, at } of answered) {
    if (messageSid !== undefined) {
      first.set(messageSid, Math.min(first.get(messageSid) ?? Infinity, Date.parse(at)));
    }
  }
  return first;
}

/** What a receipt is about: Twilio has one for each message and participant. */
export function legName({
  messageSid,
  participantSid,
}: {
  readonly messageSid: string;
  readonly participantSid: string;
}): string {
  return `${messageSid} ${participantSid}`;
}

/** What tells one event of a receipt from every other. */
export function receiptName(receipt: Pick<ToldReceipt, 'deliveryReceiptSid' | 'status' | 'errorCode'>): string {
  return `${receipt.deliveryReceiptSid} ${receipt.status} ${receipt.errorCode ?? ''}`;
}
