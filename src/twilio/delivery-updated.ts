import { z } from 'zod';
import {
  type AccountSid,
  type ChannelMessageSid,
  type ConversationServiceSid,
  type ConversationSid,
  type DeliveryReceiptSid,
  type MessageSid,
  type ParticipantSid,
} from '../domain/sid';
import { compact } from './compact';
import { hasMovedBoundary } from './moved-boundary';
import {
  integerField,
  neededText,
  type ParsedWebhook,
  problemsOf,
  readOptional,
  sidField,
  timeField,
} from './webhook-fields';

/** Twilio's word about a receipt, as the webhook onDeliveryUpdated tells it. */
export interface DeliveryUpdated {
  readonly kind: 'deliveryUpdated';
  readonly accountSid: AccountSid;
  readonly chatServiceSid?: ConversationServiceSid;
  readonly conversationSid: ConversationSid;
  readonly messageSid: MessageSid;
  readonly deliveryReceiptSid: DeliveryReceiptSid;
  readonly channelMessageSid?: ChannelMessageSid;
  readonly participantSid?: ParticipantSid;
  /** Twilio's word as it came, also one that posthorn does not know. */
  readonly status: string;
  /** Absent when Twilio sent none, an empty one or 0. */
  readonly errorCode?: number;
  /** Documented by articles only; kept when it comes. */
  readonly reason?: string;
  /** When the receipt was made and when it was last changed: ISO 8601, UTC, milliseconds. Absent when it cannot be read. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
  /** Whatever else came, as it came, and fields that could not be read. */
  readonly unknownFields: Readonly<Record<string, string>>;
}

const needed = z.object({
  AccountSid: sidField('AC'),
  ConversationSid: sidField('CH'),
  MessageSid: sidField('IM'),
  DeliveryReceiptSid: sidField('DY'),
  Status: neededText,
});

const optional = {
  ChatServiceSid: sidField('IS'),
  ChannelMessageSid: sidField('SM', 'MM', 'WA'),
  ParticipantSid: sidField('MB'),
  ErrorCode: integerField,
  DeliveryReason: z.string(),
  DateCreated: timeField,
  DateUpdated: timeField,
};

const KNOWN_NAMES: ReadonlySet<string> = new Set([
  'EventType',
  'DeliveryStatus',
  ...Object.keys(needed.shape),
  ...Object.keys(optional),
]);

const MOVED_BOUNDARY =
  'fields have a name that is no name of Twilio: somebody may have changed a signed request; compare it with the debugger of Twilio';

/**
 * Reads the fields of onDeliveryUpdated. Refused only when a receipt could not be told from another without the field.
 * The status is `Status`; some descriptions call it `DeliveryStatus`, which is taken when the former is absent.
 * Source: https://www.twilio.com/docs/conversations/conversations-webhooks#ondeliveryupdated
 */
export function parseDeliveryUpdated(fields: Readonly<Record<string, string>>): ParsedWebhook<DeliveryUpdated> {
  const result = needed.safeParse({ ...fields, Status: nonEmpty(fields['Status']) ?? fields['DeliveryStatus'] });
  if (!result.success) {
    return { ok: false, problems: problemsOf(result.error) };
  }
  if (hasMovedBoundary(Object.keys(fields), KNOWN_NAMES)) {
    return { ok: false, problems: [MOVED_BOUNDARY] };
  }
  const { values, unread } = readOptional(optional, fields);
  const event: DeliveryUpdated = {
    kind: 'deliveryUpdated',
    accountSid: result.data.AccountSid,
    conversationSid: result.data.ConversationSid,
    messageSid: result.data.MessageSid,
    deliveryReceiptSid: result.data.DeliveryReceiptSid,
    status: result.data.Status,
    unknownFields: Object.fromEntries(
      Object.entries(fields).filter(([name]) => !KNOWN_NAMES.has(name) || unread.has(name)),
    ),
    ...compact({
      chatServiceSid: values.ChatServiceSid,
      channelMessageSid: values.ChannelMessageSid,
      participantSid: values.ParticipantSid,
      errorCode: values.ErrorCode === 0 ? undefined : values.ErrorCode,
      reason: values.DeliveryReason,
      createdAt: values.DateCreated,
      updatedAt: values.DateUpdated,
    }),
  };
  return { ok: true, event };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
