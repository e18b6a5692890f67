import { type ReceiptStatus } from './delivery-state';
import { type ErrorClass } from './error-class';
import { type FanOutEnd } from './outcome';

/** How a call ended that did not do what it was made for. `answered`: a person took it, and pressed no key where one was asked for. */
export const UNANSWERED_CALLS = [
  'busy',
  'no_answer',
  'failed',
  'canceled',
  'voicemail',
  'unproved',
  'answered',
] as const;
export type UnansweredCall = (typeof UNANSWERED_CALLS)[number];

/** What became of one attempt, as the policy needs to know it. */
export type AttemptResult =
  | { readonly kind: 'delivered'; readonly status: Extract<ReceiptStatus, 'delivered' | 'read'>; readonly by?: 'call' }
  /** Refused by Twilio's API or by a receipt. `errorCode` is absent when the receipt had none. */
  | {
      readonly kind: 'refused';
      readonly errorCode?: number;
      readonly errorClass: ErrorClass;
      readonly reason: string;
      /** WhatsApp wants a template, and the step has one that was not sent yet. */
      readonly hasTemplate?: true;
    }
  /** Twilio has it, and no receipt that decides came in time. */
  | { readonly kind: 'timed_out' }
  /** Held back by posthorn: the ledger has an opt-out for this recipient. */
  | {
      readonly kind: 'opted_out';
      readonly reason: string;
      /** Nobody has said so but Twilio, by the error code of a block, and about this channel alone. */
      readonly isBlock?: true;
    }
  /** Held back by posthorn: Twilio has said that the address cannot be reached on this channel. */
  | { readonly kind: 'suppressed'; readonly errorCode: number; readonly reason: string }
  /** Nobody can prove whether Twilio took it. */
  | { readonly kind: 'ambiguous'; readonly reason: string }
  /** A person took it: the task, the call by a key, or the recipient who was put through to them. */
  | { readonly kind: 'acknowledged'; readonly by?: 'keypress' | 'connection' }
  /** A call that proved nothing: nobody took it, a machine did, or nobody pressed a key. `perhaps`: Twilio did not say. */
  | { readonly kind: 'not_reached'; readonly call: UnansweredCall; readonly wasMessageLeft?: true | 'perhaps' }
  /** Whoever took the call wants to speak to a person. */
  | { readonly kind: 'wants_person' }
  /** Nobody acknowledged the human task in time. */
  | { readonly kind: 'not_acknowledged' }
  /** A message into a conversation: what became of it for all participants together. */
  | ({ readonly kind: 'fanned_out' } & FanOutEnd)
  /** The time of the message was over. */
  | { readonly kind: 'expired'; readonly reason: string }
  /** The caller or an operator wants nothing more to happen. */
  | { readonly kind: 'canceled' };
