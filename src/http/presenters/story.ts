import { type CallbackRecord } from '../../database/callback-store';
import { type MessageRecord, type MessageSummary } from '../../database/message-store';
import { type OptOutCode } from '../../domain/opt-out-code';
import { type CallbackView, presentCallback } from './callback';
import { type MessageSummaryView, type MessageView, presentMessage, presentSummary } from './message';

/** A receipt with all identifiers that it has. What is not known is null. */
export interface StoryReceiptView {
  readonly attempt: number;
  readonly at: string;
  readonly status: string;
  readonly errorCode: number | null;
  /** `webhook` or `poll`: who told of it first. */
  readonly source: string;
  readonly deliveryReceiptSid: string;
  readonly channelMessageSid: string | null;
  readonly participantSid: string | null;
}

/** All that is known of a message: the same from whichever of its identifiers one comes. */
export interface StoryView {
  readonly message: MessageView;
  /** In the order of the attempts, and within one in that of Twilio's clock. */
  readonly receipts: readonly StoryReceiptView[];
  /** Newest first. */
  readonly callbacks: readonly CallbackView[];
}

/** Where an identifier leads. */
export interface TraceView {
  readonly identifier: string;
  /** In words, such as `a conversation SID`. */
  readonly kind: string;
  /** Newest first; several where messages share a conversation or a participant. */
  readonly messages: readonly MessageSummaryView[];
  /** Of the newest, or of each with `--all`. */
  readonly stories: readonly StoryView[];
}

/** Shows a message with its receipts and what its caller was told. */
export function presentStory(
  message: MessageRecord,
  callbacks: readonly CallbackRecord[],
  optOutCodes: readonly OptOutCode[],
): StoryView {
  return {
    message: presentMessage(message, optOutCodes),
    receipts: message.attempts.flatMap(({ number, receipts }) =>
      receipts.map((receipt) => ({
        attempt: number,
        at: receipt.at,
        status: receipt.status,
        errorCode: receipt.errorCode ?? null,
        source: receipt.source,
        deliveryReceiptSid: receipt.deliveryReceiptSid,
        channelMessageSid: receipt.channelMessageSid ?? null,
        participantSid: receipt.participantSid ?? null,
      })),
    ),
    callbacks: callbacks.map(presentCallback),
  };
}

/** Shows where an identifier leads. */
export function presentTrace(
  { identifier, kind }: Pick<TraceView, 'identifier' | 'kind'>,
  messages: readonly MessageSummary[],
  stories: readonly StoryView[],
): TraceView {
  return { identifier, kind, messages: messages.map(presentSummary), stories };
}
