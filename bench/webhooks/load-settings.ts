import { type LocalCredentials } from '../../src/local/local-credentials';

/** Whose receipts the load generator makes up, and how it signs them. */
export interface LoadSettings {
  readonly twilio: LocalCredentials['twilio'];
}

/** One run of the load generator. */
export interface LoadOrder {
  /** Origin of the server. */
  readonly url: string;
  /** The messages that the receipts are about. */
  readonly messages: readonly ReceiptSubject[];
  readonly requests: number;
  readonly connections: number;
}

/** A message that is at Twilio. */
export interface ReceiptSubject {
  readonly conversationSid: string;
  readonly participantSid: string;
  readonly messageSid: string;
}

/** What came of one order. Every request was answered with 2xx. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
