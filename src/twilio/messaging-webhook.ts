import { z } from 'zod';
import { type MessageChannel } from '../domain/channel';
import { type AccountSid, type ChannelMessageSid, type MessagingServiceSid } from '../domain/sid';
import { compact } from './compact';
import { firstValues, parseFormFields } from './form-fields';
import { fromTwilioAddress } from './twilio-address';
import { neededText, type ParsedWebhook, problemsOf, readOptional, sidField } from './webhook-fields';

/** What Advanced Opt-Out took the text for. Twilio has already replied to the person. */
export const OPT_OUT_TYPES = ['STOP', 'START', 'HELP'] as const;
export type OptOutType = (typeof OPT_OUT_TYPES)[number];

/** A message that a person sent to the messaging service. */
export interface InboundMessage {
  readonly accountSid: AccountSid;
  readonly messageSid: ChannelMessageSid;
  readonly messagingServiceSid?: MessagingServiceSid;
  readonly channel: MessageChannel;
  /** The person's address, E.164. Personal. */
  readonly from: string;
  /** The sender address of ours that was written to: E.164 or a short code. */
  readonly to: string;
  /** Empty for media alone. Personal. */
  readonly body: string;
  readonly optOutType?: OptOutType;
}

const CARRIED =
  'is not an SMS or WhatsApp address, the only channels that posthorn carries: route other channels elsewhere';

const addressField = neededText.transform((text, context) => {
  const address = fromTwilioAddress(text);
  if (address === undefined) {
    context.addIssue({ code: 'custom', message: CARRIED });
    return z.NEVER;
  }
  return address;
});

const needed = z.object({
  AccountSid: sidField('AC'),
  MessageSid: sidField('SM', 'MM', 'WA'),
  From: addressField,
  To: addressField,
});

const optional = {
  MessagingServiceSid: sidField('MG'),
  Body: z.string(),
  OptOutType: z.string().toUpperCase().pipe(z.enum(OPT_OUT_TYPES)),
};

/**
 * Reads the inbound webhook of a messaging service.
 * Source: https://www.twilio.com/docs/messaging/guides/webhook-request
 * @param rawBody the form as it came; its signature has been verified.
 */
export function parseMessagingWebhook(rawBody: Buffer): ParsedWebhook<InboundMessage> {
  const fields = firstValues(parseFormFields(rawBody));
  const result = needed.safeParse(fields);
  if (!result.success) {
    return { ok: false, problems: problemsOf(result.error) };
  }
  const { From: from, To: to } = result.data;
  const { values } = readOptional(optional, fields);
  const event: InboundMessage = {
    accountSid: result.data.AccountSid,
    messageSid: result.data.MessageSid,
    channel: from.channel,
    from: from.address,
    to: to.address,
    body: values.Body ?? '',
    ...compact({ messagingServiceSid: values.MessagingServiceSid, optOutType: values.OptOutType }),
  };
  return { ok: true, event };
}
