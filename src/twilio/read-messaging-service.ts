import { type MessagingServiceSid } from '../domain/sid';
import { type MessagingServiceSnapshot } from './account-gateway';
import { orUndefined } from './or-undefined';
import type V1 from 'twilio/lib/rest/messaging/V1';

/** The largest pool that a messaging service may have. Source: https://www.twilio.com/docs/messaging/services */
const LARGEST_POOL = 400;
const PAGE_SIZE = 100;

/** Reads a messaging service with the numbers of its sender pool. @returns undefined when there is none. */
export function readMessagingService(
  messaging: V1,
  messagingServiceSid: MessagingServiceSid,
): Promise<MessagingServiceSnapshot | undefined> {
  return orUndefined('read messaging service', async () => {
    const context = messaging.services(messagingServiceSid);
    const service = await context.fetch();
    const numbers = await context.phoneNumbers.list({ pageSize: PAGE_SIZE, limit: LARGEST_POOL });
    const inboundRequestUrl = service.inboundRequestUrl as string | null;
    const inboundMethod = service.inboundMethod as string | null;
    return {
      inboundRequestUrl: inboundRequestUrl === '' ? undefined : (inboundRequestUrl ?? undefined),
      inboundMethod: inboundMethod ?? undefined,
      usesUrlOfNumber: service.useInboundWebhookOnNumber,
      phoneNumbers: numbers.map(({ phoneNumber }) => phoneNumber),
    };
  });
}
