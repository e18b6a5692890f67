import { type AttemptRecord, type ChildMessage } from '../../database/message-store';
import { type AttemptResult } from '../../domain/attempt-result';
import { type DeliveryState, verdict } from '../../domain/delivery-state';
import { reasonFor } from '../../domain/describe-attempt';
import { conversationState } from '../../domain/conversation-state';
import { classifyError } from '../../domain/error-catalogue';
import { type ErrorClass } from '../../domain/error-class';
import { type OptOutCode } from '../../domain/opt-out-code';
import { recipientState } from '../../domain/recipient-state';
import { refusalFrom } from '../../domain/refusal-from';
import { type ParticipantView, presentParticipant } from './participant';

/** An attempt as the API shows it. What is not known yet is null, so that the shape never changes. */
export interface AttemptView {
  readonly number: number;
  readonly channel: string;
  readonly conversationSid: string | null;
  readonly participantSid: string | null;
  readonly messageSid: string | null;
  readonly callSid: string | null;
  readonly status: string;
  readonly errorCode: number | null;
  readonly errorClass: ErrorClass | null;
  readonly reason: string | null;
  readonly sentAt: string | null;
  readonly statusAt: string | null;
  readonly receipts: readonly {
    readonly participantSid: string | null;
    readonly status: string;
    readonly errorCode: number | null;
    readonly at: string;
  }[];
  /** Present when the attempt went into a conversation: what became of it for each participant. */
  readonly participants?: readonly ParticipantView[];
}

/** Shows an attempt. Its status is what its receipts add up to, late ones too; without any it is what posthorn knows by itself. */
export function presentAttempt(
  attempt: AttemptRecord,
  optOutCodes: readonly OptOutCode[],
  children: readonly ChildMessage[] = [],
): AttemptView {
  const { participants } = attempt;
  const state = stateOf(attempt);
  const result = resultSoFar(attempt, state, optOutCodes);
  const errorCode = state.errorCode ?? (result?.kind === 'refused' ? result.errorCode : undefined);
  return {
    number: attempt.number,
    channel: attempt.channel,
    conversationSid: attempt.conversationSid ?? null,
    participantSid: attempt.participantSid ?? null,
    messageSid: attempt.messageSid ?? null,
    callSid: attempt.callSid ?? null,
    status: state.status ?? statusWithoutReceipts(attempt),
    errorCode: errorCode ?? null,
    errorClass: errorClassOf(result, errorCode, optOutCodes) ?? null,
    reason: result === undefined ? null : reasonFor(result),
    sentAt: attempt.sentAt ?? null,
    statusAt: state.statusAt ?? attempt.sentAt ?? attempt.startedAt,
    receipts: attempt.receipts.map((receipt) => ({
      participantSid: receipt.participantSid ?? null,
      status: receipt.status,
      errorCode: receipt.errorCode ?? null,
      at: receipt.at,
    })),
    ...(participants !== undefined && {
      participants: participants.map((one) => presentParticipant(attempt, one, optOutCodes, children)),
    }),
  };
}

/** Of the recipient, or of all participants together. */
function stateOf({ participants, participantSid, receipts }: AttemptRecord): DeliveryState {
  return participants === undefined
    ? recipientState(receipts, participantSid)
    : conversationState(
        receipts,
        participants.map((one) => one.participantSid),
      );
}

function statusWithoutReceipts({ callSid, result, messageSid }: AttemptRecord): string {
  if (result === undefined) {
    return messageSid === undefined && callSid === undefined ? 'sending' : 'handed_over';
  }
  if (result.kind === 'fanned_out') {
    return result.outcome;
  }
  return result.kind === 'delivered' ? result.status : result.kind;
}

function errorClassOf(
  result: AttemptResult | undefined,
  errorCode: number | undefined,
  optOutCodes: readonly OptOutCode[],
): ErrorClass | undefined {
  if (result?.kind === 'refused') {
    return result.errorClass;
  }
  return errorCode === undefined ? undefined : classifyError(errorCode, optOutCodes).errorClass;
}

/** What the receipts say by now counts, not what was known when the attempt was given up. */
function resultSoFar(
  { result }: AttemptRecord,
  state: DeliveryState,
  optOutCodes: readonly OptOutCode[],
): AttemptResult | undefined {
  switch (verdict(state)) {
    case 'delivered':
      return { kind: 'delivered', status: state.status === 'read' ? 'read' : 'delivered' };
    case 'failed':
      return refusalFrom(state, optOutCodes);
    case 'pending':
      return result;
  }
}
