import { type AttemptResult } from '../../domain/attempt-result';
import { type AttemptChannel, CONVERSATION_CHANNEL, type MessageChannel } from '../../domain/channel';
import {
  type CallSid,
  type ChannelMessageSid,
  type ConversationSid,
  type DeliveryReceiptSid,
  type MessageSid,
  type ParticipantSid,
} from '../../domain/sid';
import { type Participant } from '../../domain/participant';
import { type StoredReceipt } from '../inbox-store';
import { type AttemptRecord } from '../message-store';
import { isoTime, withoutNulls } from '../rows';

/** A row of `attempts` as JSON. */
export interface AttemptJson {
  readonly number: number;
  readonly step: number;
  readonly channel: AttemptChannel;
  readonly sender: string | null;
  readonly recipient: string | null;
  readonly conversation_sid: ConversationSid | null;
  readonly participant_sid: ParticipantSid | null;
  readonly message_sid: MessageSid | null;
  readonly call_sid: CallSid | null;
  readonly result: AttemptResult | null;
  readonly started_at: string;
  readonly sent_at: string | null;
}

/** A row of `attempt_participants` as JSON. */
export interface ParticipantJson {
  readonly number: number;
  readonly participant_sid: ParticipantSid;
  readonly channel: MessageChannel;
  readonly opted_out_by: object | null;
}

/** A row of `delivery_events` as JSON. */
export interface ReceiptJson {
  readonly event_id: string;
  readonly delivery_receipt_sid: DeliveryReceiptSid;
  readonly status: string;
  readonly error_code: number | null;
  readonly message_sid: MessageSid;
  readonly participant_sid: ParticipantSid | null;
  readonly channel_message_sid: ChannelMessageSid | null;
  readonly source: 'webhook' | 'poll';
  readonly at: string;
  readonly received_at: string;
}

/** An attempt as the domain sees it. */
export function attemptRecord(
  row: AttemptJson,
  receipts: readonly StoredReceipt[],
  participants: readonly ParticipantJson[],
): AttemptRecord {
  const { number, step, channel, sender, recipient } = row;
  const optional = withoutNulls({
    sender,
    recipient,
    participants: channel === CONVERSATION_CHANNEL ? participants.map(participantOf) : null,
    conversationSid: row.conversation_sid,
    participantSid: row.participant_sid,
    messageSid: row.message_sid,
    callSid: row.call_sid,
    result: row.result,
    sentAt: row.sent_at === null ? null : isoTime(row.sent_at),
  });
  return { number, step, channel, startedAt: isoTime(row.started_at), ...optional, receipts };
}

function participantOf({ channel, opted_out_by, participant_sid }: ParticipantJson): Participant {
  return { participantSid: participant_sid, channel, isOptedOut: opted_out_by !== null };
}

/** A receipt as the domain sees it. */
export function storedReceipt(row: ReceiptJson): StoredReceipt {
  return withoutNulls({
    eventId: row.event_id,
    deliveryReceiptSid: row.delivery_receipt_sid,
    messageSid: row.message_sid,
    participantSid: row.participant_sid,
    channelMessageSid: row.channel_message_sid,
    status: row.status,
    errorCode: row.error_code,
    source: row.source,
    at: isoTime(row.at),
    receivedAt: isoTime(row.received_at),
  });
}
