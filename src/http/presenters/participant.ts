import { type ChildMessage, type AttemptRecord } from '../../database/message-store';
import { participantState } from '../../domain/conversation-state';
import { verdict } from '../../domain/delivery-state';
import { reasonFor } from '../../domain/describe-attempt';
import { type ErrorClass } from '../../domain/error-class';
import { type OptOutCode } from '../../domain/opt-out-code';
import { type Participant } from '../../domain/participant';
import { refusalFrom } from '../../domain/refusal-from';

/** A participant of a message into a conversation as the API shows it: what its receipts add up to, late ones too. Never an address. */
export interface ParticipantView {
  readonly participantSid: string;
  readonly channel: string;
  /** The ledger had an opt-out before the send. */
  readonly optedOut: boolean;
  readonly status: string;
  readonly errorCode: number | null;
  readonly errorClass: ErrorClass | null;
  readonly reason: string | null;
  readonly statusAt: string | null;
  /** The message to this participant alone. */
  readonly childId: string | null;
}

/** Shows a participant of an attempt. */
export function presentParticipant(
  attempt: AttemptRecord,
  { channel, isOptedOut, participantSid }: Participant,
  optOutCodes: readonly OptOutCode[],
  children: readonly ChildMessage[],
): ParticipantView {
  const state = participantState(attempt.receipts, participantSid);
  const refusal = verdict(state) === 'failed' ? refusalFrom(state, optOutCodes) : undefined;
  const child = children.find((one) => one.participantSid === participantSid && one.attempt === attempt.number);
  return {
    participantSid,
    channel,
    optedOut: isOptedOut,
    status: state.status ?? (attempt.messageSid === undefined ? 'not_sent' : 'handed_over'),
    errorCode: state.errorCode ?? null,
    errorClass: refusal?.kind === 'refused' ? refusal.errorClass : null,
    reason: reasonOf(state.status, refusal, isOptedOut),
    statusAt: state.statusAt ?? null,
    childId: child?.messageId ?? null,
  };
}

function reasonOf(
  status: string | undefined,
  refusal: ReturnType<typeof refusalFrom> | undefined,
  isOptedOut: boolean,
): string | null {
  if (refusal !== undefined) {
    return reasonFor(refusal);
  }
  if (status === 'delivered' || status === 'read') {
    return reasonFor({ kind: 'delivered', status });
  }
  return isOptedOut ? 'the participant had opted out before the message was sent' : null;
}
