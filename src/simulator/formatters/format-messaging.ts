import { type MessagingService, type OwnedNumber, type WhatsAppSender } from '../account/account-schema';
import { derivedSid } from '../account/derived-sid';
import { toRestDate } from '../dates';
import { links } from './urls';

/** Origin of the URLs in the answers of messaging. */
export const MESSAGING_ORIGIN = 'https://messaging.twilio.com';

function datesOf(createdAt: Date): Record<string, string> {
  return { date_created: toRestDate(createdAt), date_updated: toRestDate(createdAt) };
}

/** A messaging service as the API answers it. */
export function formatMessagingService(
  accountSid: string,
  service: MessagingService,
  createdAt: Date,
): Record<string, unknown> {
  const { messagingServiceSid, inboundRequestUrl, inboundMethod, useInboundWebhookOnNumber } = service;
  const url = `${MESSAGING_ORIGIN}/v1/Services/${messagingServiceSid}`;
  return {
    sid: messagingServiceSid,
    account_sid: accountSid,
    friendly_name: 'Simulated messaging service',
    inbound_request_url: inboundRequestUrl,
    inbound_method: inboundMethod,
    use_inbound_webhook_on_number: useInboundWebhookOnNumber,
    fallback_url: null,
    fallback_method: 'POST',
    status_callback: null,
    sticky_sender: true,
    mms_converter: true,
    smart_encoding: true,
    fallback_to_long_code: false,
    scan_message_content: 'inherit',
    area_code_geomatch: true,
    synchronous_validation: false,
    validity_period: 36_000,
    usecase: 'undeclared',
    us_app_to_person_registered: false,
    ...datesOf(createdAt),
    url,
    links: links(url, { phone_numbers: 'PhoneNumbers', short_codes: 'ShortCodes', alpha_senders: 'AlphaSenders' }),
  };
}

/** A number in the pool of a messaging service as the API answers it. */
export function formatPoolNumber(
  accountSid: string,
  messagingServiceSid: string,
  { phoneNumber, sms, mms, voice }: OwnedNumber,
  createdAt: Date,
): Record<string, unknown> {
  const phoneNumberSid = derivedSid('PN', phoneNumber);
  const capabilities = [...(sms ? ['SMS'] : []), ...(mms ? ['MMS'] : []), ...(voice ? ['Voice'] : [])];
  return {
    sid: phoneNumberSid,
    account_sid: accountSid,
    service_sid: messagingServiceSid,
    phone_number: phoneNumber,
    country_code: null,
    capabilities,
    ...datesOf(createdAt),
    url: `${MESSAGING_ORIGIN}/v1/Services/${messagingServiceSid}/PhoneNumbers/${phoneNumberSid}`,
  };
}

/** A sender of WhatsApp as the API answers it, without profile and quality. */
export function formatWhatsAppSender({ phoneNumber, status }: WhatsAppSender): Record<string, unknown> {
  const senderSid = derivedSid('XE', phoneNumber);
  return {
    sid: senderSid,
    status,
    sender_id: `whatsapp:${phoneNumber}`,
    url: `${MESSAGING_ORIGIN}/v2/Channels/Senders/${senderSid}`,
  };
}
