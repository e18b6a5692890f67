import { z } from 'zod';
import {
  type AccountSid,
  type ConversationServiceSid,
  type ConversationSid,
  type MessageSid,
  type ParticipantSid,
} from '../domain/sid';
import { readAttemptKey } from './attempt-attributes';
import { compact } from './compact';
import { type AttemptKey } from './gateway';
import { type ParsedWebhook, problemsOf, readOptional, sidField, timeField } from './webhook-fields';

/** A message that was added to a conversation, by posthorn or by somebody else, as the webhook onMessageAdded tells it. */
export interface MessageAdded {
  readonly kind: 'messageAdded';
  readonly accountSid: AccountSid;
  readonly chatServiceSid?: ConversationServiceSid;
  readonly conversationSid: ConversationSid;
  readonly messageSid: MessageSid;
  readonly participantSid?: ParticipantSid;
  /** The writer's address as Twilio writes it (`+…`, `whatsapp:+…`), or an identity. Personal. */
  readonly author?: string;
  /** Where it came from: `SMS`, `WHATSAPP`, `API`, `SDK` and others. */
  readonly source?: string;
  /** Empty for media alone. Personal. */
  readonly body: string;
  /** Empty when the Attributes are no JSON object. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The attempt that posthorn made this message for, when its Attributes say so. */
  readonly attemptKey?: AttemptKey;
  /** ISO 8601, UTC, milliseconds. Absent when it cannot be read. */
  readonly createdAt?: string;
}

const needed = z.object({
  AccountSid: sidField('AC'),
  ConversationSid: sidField('CH'),
  MessageSid: sidField('IM'),
});

const attributesField = z.string().transform((text, context): Readonly<Record<string, unknown>> => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON object' });
    return z.NEVER;
  }
});

const optional = {
  ChatServiceSid: sidField('IS'),
  ParticipantSid: sidField('MB'),
  Author: z.string(),
  Source: z.string(),
  Body: z.string(),
  Attributes: attributesField,
  DateCreated: timeField,
};

/**
 * Reads the fields of onMessageAdded.
 * Source: https://www.twilio.com/docs/conversations/conversations-webhooks#onmessageadded
 */
export function parseMessageAdded(fields: Readonly<Record<string, string>>): ParsedWebhook<MessageAdded> {
  const result = needed.safeParse(fields);
  if (!result.success) {
    return { ok: false, problems: problemsOf(result.error) };
  }
  const { values } = readOptional(optional, fields);
  const event: MessageAdded = {
    kind: 'messageAdded',
    accountSid: result.data.AccountSid,
    conversationSid: result.data.ConversationSid,
    messageSid: result.data.MessageSid,
    body: values.Body ?? '',
    attributes: values.Attributes ?? {},
    ...compact({
      chatServiceSid: values.ChatServiceSid,
      participantSid: values.ParticipantSid,
      author: values.Author,
      source: values.Source,
      attemptKey: readAttemptKey(fields['Attributes'] ?? ''),
      createdAt: values.DateCreated,
    }),
  };
  return { ok: true, event };
}

/** Sources of messages that were made over an API and not by the recipient. */
const OWN_SOURCES: ReadonlySet<string> = new Set(['API', 'SDK']);

/** Whether the recipient wrote the message: it came over a carrier and is none of posthorn's own. */
export function isInbound({ source, attemptKey }: MessageAdded): boolean {
  return attemptKey === undefined && !OWN_SOURCES.has(source?.toUpperCase() ?? '');
}
