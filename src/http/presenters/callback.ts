import { type CallbackRecord } from '../../database/callback-store';
import { messageLinks } from '../message-path';

/** What became of a callback. What is not known is null. The address that it goes to is not told: its query may be secret. */
export interface CallbackView {
  readonly id: string;
  readonly type: string;
  readonly messageId: string;
  readonly status: string;
  readonly at: string;
  /** Since it was written or redriven. */
  readonly tries: number;
  readonly triedAt: string | null;
  /** What went wrong last. */
  readonly problem: string | null;
  readonly links: { readonly message: string; readonly redrive: string };
}

/** Shows a callback; whose it is, its reader knows. */
export function presentCallback(callback: CallbackRecord): CallbackView {
  const { at, callbackId, messageId, problem, status, triedAt, tries, type } = callback;
  return {
    id: callbackId,
    type,
    messageId,
    status,
    at,
    tries,
    triedAt: triedAt ?? null,
    problem: problem ?? null,
    links: { message: messageLinks(messageId).self, redrive: `/v1/callbacks/${callbackId}/redrive` },
  };
}
