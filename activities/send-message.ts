import { activityInfo } from '@temporalio/activity';
import { type NewAttempt } from '../src/database/message-store';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type MessageContent } from '../src/domain/send-request';
import { type ConversationSid, type MessageSid, type ParticipantSid } from '../src/domain/sid';
import { MissingSenderError, resolveSender, type Senders } from '../src/domain/sender';
import { type DeliverMessageInput } from '../workflows/contract';
import { handOver, type HandOverDependencies, type Trail } from './hand-over';
import { toNewMessage } from './to-new-message';
import { toSendFailure } from './to-send-failure';

/** For the way between worker and server, and clocks that tick apart. */
const SAFETY_MARGIN_MS = 2_000;

export interface SendMessageInput {
  readonly message: DeliverMessageInput;
  readonly attempt: Omit<NewAttempt, 'sender'> & { readonly sender?: string; readonly content: MessageContent };
}

export type SendResult =
  | {
      readonly kind: 'handed_over';
      readonly conversationSid: ConversationSid;
      readonly participantSid: ParticipantSid;
      readonly messageSid: MessageSid;
      /** Receipts that came before the SID was known. */
      readonly events: readonly DeliveryEvent[];
      /** The configured codes that mean an opt-out: the workflow has no configuration of its own. */
      readonly optOutCodes: readonly OptOutCode[];
    }
  | Extract<AttemptResult, { kind: 'refused' | 'opted_out' }>;

export interface SendMessageDependencies extends HandOverDependencies {
  readonly senders: Senders;
  /** How long one request to Twilio can take, in milliseconds. */
  readonly requestTimeoutMs: number;
}

/**
 * Hands one attempt to Twilio, once: whatever crashes or is repeated, a second create happens only when it is proved
 * that the first never arrived. The opt-out ledger is read right before the create.
 * Throws ApplicationFailure of a type in `SEND_FAILURES`, which Temporal repeats.
 */
export function createSendMessage(deps: SendMessageDependencies) {
  return async function sendMessage({ message, attempt }: SendMessageInput): Promise<SendResult> {
    const { content, sender: from, ...rest } = attempt;
    const trail = startTrail(deps.requestTimeoutMs);
    try {
      const sender = resolveSender({ channel: attempt.channel, from }, deps.senders);
      return await handOver(deps, { message: toNewMessage(message), attempt: { ...rest, sender }, content }, trail);
    } catch (error) {
      if (error instanceof MissingSenderError) {
        return { kind: 'refused', errorClass: 'config', reason: error.message };
      }
      throw toSendFailure(error, trail);
    }
  };
}

function startTrail(requestTimeoutMs: number): Trail {
  const { attempt, startToCloseTimeoutMs } = activityInfo();
  return {
    // Until the ledger says otherwise, an earlier try may have got through.
    mayBeAtTwilio: attempt > 1,
    lastCreateAt: Date.now() + startToCloseTimeoutMs - requestTimeoutMs - SAFETY_MARGIN_MS,
  };
}
