import { type AttemptChannel } from '../domain/channel';

/** What Twilio said of one message: by a receipt, or at once by the API. */
export interface Said {
  /** Of a receipt. */
  readonly status?: string;
  readonly errorCode?: number;
  /** Which message: its SID, or the attempt that never got one. Never an address. */
  readonly subject: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface ConcernedAddresses {
  /** E.164. Absent when it was said about somebody whom the message was not for: then nothing is marked. */
  readonly recipient?: string;
  readonly sender?: string;
  readonly channel: AttemptChannel;
  /** The recipient was on the list of suppressions for this channel when this was read. */
  readonly isSuppressed?: true;
}

/** Marks what Twilio's word says about the recipient's address; most say nothing. The same word twice marks once. */
export type AddressMarker = (said: Said, addresses: ConcernedAddresses) => Promise<void>;

/** One marker after the other. */
export function inTurn(...markers: readonly AddressMarker[]): AddressMarker {
  return async function markAddress(said, addresses) {
    for (const mark of markers) {
      await mark(said, addresses);
    }
  };
}
