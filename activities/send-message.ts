import { activityInfo } from '@temporalio/activity';
import { type NewAttempt } from '../src/database/message-store';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type MessageContent } from '../src/domain/send-request';
import { type ConversationSid, type MessageSid, type ParticipantSid } from '../src/domain/sid';
import { chooseSender, MissingSenderError, type Senders } from '../src/domain/sender';
import { type DeliverMessageInput } from '../workflows/contract';
import { handOver } from './hand-over';
import { type HandOverDependencies, type Trail } from './handover-context';
import { toNewMessage } from './to-new-message';
import { toSendFailure } from './to-send-failure';
import { withHeartbeats } from './with-heartbeats';
import { type Withheld, withheldAt } from './withheld';

export interface SendMessageInput {
  readonly message: DeliverMessageInput;
  readonly attempt: Omit<NewAttempt, 'sender'> & {
    readonly sender?: string;
    readonly content: MessageContent;
    /** Somebody has let it out of quiet hours. */
    readonly isReleased?: true;
  };
}

export type SendResult =
  | {
      readonly kind: 'handed_over';
      readonly conversationSid: ConversationSid;
      readonly participantSid: ParticipantSid;
      readonly messageSid: MessageSid;
      /** Set when the template for WhatsApp's closed window went out in place of the text. */
      readonly isTemplate?: true;
      /** Receipts that came before the SID was known. */
      readonly events: readonly DeliveryEvent[];
      /** The configured codes that mean an opt-out: the workflow has no configuration of its own. */
      readonly optOutCodes: readonly OptOutCode[];
    }
  /** Time does not allow it. `isBegun` says whether the attempt is on record. */
  | (Withheld & { readonly isBegun: boolean })
  | Extract<AttemptResult, { kind: 'refused' | 'opted_out' | 'suppressed' }>;

export interface SendMessageDependencies extends HandOverDependencies {
  readonly senders: Senders;
}

/**
 * Hands one attempt to Twilio, once: whatever crashes or is repeated, a second create happens only when it is proved
 * that the first never arrived. The opt-out ledger is read, and the clock, right before the create.
 * Throws ApplicationFailure of a type in `SEND_FAILURES`, which Temporal repeats.
 */
export function createSendMessage(deps: SendMessageDependencies) {
  return async function sendMessage({ message, attempt }: SendMessageInput): Promise<SendResult> {
    const { content, isReleased, sender: from, ...rest } = attempt;
    // Until the ledger says otherwise, an earlier try may have got through.
    const trail: Trail = { mayBeAtTwilio: activityInfo().attempt > 1 };
    try {
      const { channel, recipient: to } = attempt;
      const chosen = chooseSender({ channel, from, to }, deps.senders);
      const handover = {
        message: toNewMessage(message),
        attempt: { ...rest, ...chosen },
        content,
        ...(isReleased && { isReleased }),
      };
      const withheld = trail.mayBeAtTwilio ? undefined : withheldAt(new Date(deps.now()), handover, deps.quietHours);
      if (withheld !== undefined) {
        return { ...withheld, isBegun: false };
      }
      return await withHeartbeats(() => handOver(deps, handover, trail));
    } catch (error) {
      if (error instanceof MissingSenderError) {
        return { kind: 'refused', errorClass: 'config', reason: error.message };
      }
      throw toSendFailure(error, trail);
    }
  };
}
