import { activityInfo } from '@temporalio/activity';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type Participant } from '../src/domain/participant';
import { type ConversationRequest } from '../src/domain/send-request';
import { type ConversationSid, type MessageSid } from '../src/domain/sid';
import { type DeliverMessageInput } from '../workflows/contract';
import { handOverToConversation, type PostDependencies } from './hand-over-to-conversation';
import { type Trail } from './handover-context';
import { toNewMessage } from './to-new-message';
import { toSendFailure } from './to-send-failure';
import { withHeartbeats } from './with-heartbeats';
import { type Withheld, withheldAt } from './withheld';

export interface PostToConversationInput {
  readonly message: DeliverMessageInput & { readonly request: ConversationRequest };
  readonly attempt: {
    readonly number: number;
    readonly step: number;
    /** Somebody has let it out of quiet hours. */
    readonly isReleased?: true;
  };
}

/** What Twilio has, and whom it is for: SIDs only, the addresses stay in Postgres. */
export interface PostedMessage {
  readonly kind: 'posted';
  readonly conversationSid: ConversationSid;
  readonly messageSid: MessageSid;
  readonly participants: readonly Participant[];
  /** Receipts that came before the SID was known. */
  readonly events: readonly DeliveryEvent[];
  /** The configured codes that mean an opt-out: the workflow has no configuration of its own. */
  readonly optOutCodes: readonly OptOutCode[];
}

export type PostResult =
  | PostedMessage
  /** Twilio refused the message as a whole: none of these participants gets it. */
  | {
      readonly kind: 'turned_down';
      readonly refusal: Extract<AttemptResult, { kind: 'refused' }>;
      readonly participants: readonly Participant[];
      readonly optOutCodes: readonly OptOutCode[];
    }
  /** Time does not allow it, and nothing is on record of it. */
  | (Withheld & { readonly isBegun: false })
  /** Nothing was sent, and nothing can be. */
  | Extract<AttemptResult, { kind: 'opted_out' | 'fanned_out' }>;

/**
 * Posts one message into an existing conversation, once, as `sendMessage` does into the conversation of a pair. Who takes part
 * is read right before, and the ledger is asked about each of them. Throws ApplicationFailure of a type in `SEND_FAILURES`.
 */
export function createPostToConversation(deps: PostDependencies) {
  return async function postToConversation({ attempt, message }: PostToConversationInput): Promise<PostResult> {
    // Until the ledger says otherwise, an earlier try may have got through.
    const trail: Trail = { mayBeAtTwilio: activityInfo().attempt > 1 };
    const { isReleased, ...numbered } = attempt;
    const { conversationSid, content, policy } = message.request;
    const posting = {
      message: toNewMessage(message),
      attempt: { ...numbered, conversationSid },
      content,
      onOptedOutParticipant: policy.onOptedOutParticipant ?? 'hold',
    };
    try {
      const sendable = { message: posting.message, attempt: {}, ...(isReleased && { isReleased }) };
      const withheld = trail.mayBeAtTwilio ? undefined : withheldAt(new Date(deps.now()), sendable, deps.quietHours);
      if (withheld !== undefined) {
        return { ...withheld, isBegun: false };
      }
      return await withHeartbeats(() => handOverToConversation(deps, posting, trail));
    } catch (error) {
      throw toSendFailure(error, trail);
    }
  };
}
