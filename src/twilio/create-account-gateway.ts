import type twilio from 'twilio';
import { isSid, parseSid } from '../domain/sid';
import { type AccountGateway } from './account-gateway';
import { readMessagingService } from './read-messaging-service';
import { readConversationOverview } from './read-conversation-overview';
import { callTwilio } from './to-twilio-error';
import { orUndefined } from './or-undefined';
import { type WebhookSettings } from './webhook-settings';

/** WhatsApp senders of one account: more than any has. */
const MOST_SENDERS = 1_000;
const SENDERS_AT_ONCE = 50;
const MOST_CALLS = 50;

/** The gateway to what an account is and owns, over the SDK's client. Makes no request yet. */
export function createAccountGateway(client: twilio.Twilio): AccountGateway {
  return { ...accountReads(client), ...conversationOperations(client), ...senderReads(client), ...voiceReads(client) };
}

function accountReads(client: twilio.Twilio): Pick<AccountGateway, 'hasConnectApp' | 'readAccount'> {
  const account = client.api.v2010.accounts(client.accountSid);
  return {
    readAccount: () =>
      callTwilio('fetch account', 'repeatable', async () => {
        const { body, headers } = await account.fetchWithHttpInfo();
        const answeredAtMs = Date.parse(headers['date'] ?? '');
        return {
          accountSid: parseSid(body.sid, 'AC'),
          status: body.status,
          type: body.type,
          answeredAtMs: Number.isNaN(answeredAtMs) ? undefined : answeredAtMs,
        };
      }),
    hasConnectApp: async (connectAppSid) =>
      (await orUndefined('fetch connect app', () => account.connectApps(connectAppSid).fetch())) !== undefined,
  };
}

type ConversationOperations = Pick<
  AccountGateway,
  'hasConversationService' | 'readAccountWebhooks' | 'readConversation' | 'readServiceWebhooks' | 'setServiceWebhooks'
>;

function conversationOperations({ conversations: { v1 } }: twilio.Twilio): ConversationOperations {
  return {
    hasConversationService: async (serviceSid) =>
      (await orUndefined('fetch conversation service', () => v1.services(serviceSid).fetch())) !== undefined,
    readServiceWebhooks: (serviceSid) =>
      callTwilio('fetch service webhooks', 'repeatable', async () =>
        toSettings(await v1.services(serviceSid).configuration.webhooks().fetch()),
      ),
    readAccountWebhooks: () =>
      callTwilio('fetch account webhooks', 'repeatable', async () =>
        toSettings(await v1.configuration.webhooks().fetch()),
      ),
    setServiceWebhooks: (serviceSid, { method, filters, postWebhookUrl }) =>
      callTwilio('update service webhooks', 'repeatable', async () => {
        const webhooks = v1.services(serviceSid).configuration.webhooks();
        await webhooks.update({ method, filters: [...filters], postWebhookUrl: postWebhookUrl ?? '' });
      }),
    readConversation: (serviceSid, conversationSid) =>
      readConversationOverview(v1.services(serviceSid), conversationSid),
  };
}

function senderReads(
  client: twilio.Twilio,
): Pick<AccountGateway, 'findNumber' | 'findWhatsAppSender' | 'readMessagingService'> {
  const account = client.api.v2010.accounts(client.accountSid);
  return {
    findNumber: (phoneNumber) =>
      callTwilio('list numbers', 'repeatable', async () => {
        // Twilio matches parts of numbers as well.
        const found = await account.incomingPhoneNumbers.list({ phoneNumber, limit: MOST_SENDERS });
        const capabilities = found.find((owned) => owned.phoneNumber === phoneNumber)?.capabilities;
        return capabilities === undefined
          ? undefined
          : { canSms: capabilities.sms, canMms: capabilities.mms, canVoice: capabilities.voice };
      }),
    readMessagingService: (messagingServiceSid) => readMessagingService(client.messaging.v1, messagingServiceSid),
    findWhatsAppSender: (phoneNumber) =>
      callTwilio('list WhatsApp senders', 'repeatable', async () => {
        const senders = await client.messaging.v2.channelsSenders.list({
          channel: 'whatsapp',
          pageSize: SENDERS_AT_ONCE,
          limit: MOST_SENDERS,
        });
        return senders.find(({ senderId }) => senderId === `whatsapp:${phoneNumber}`)?.status;
      }),
  };
}

function voiceReads(client: twilio.Twilio): Pick<AccountGateway, 'listCalls' | 'readApplication'> {
  const account = client.api.v2010.accounts(client.accountSid);
  return {
    readApplication: async (applicationSid) => {
      const found = await orUndefined('fetch application', () => account.applications(applicationSid).fetch());
      return found === undefined
        ? undefined
        : {
            voiceUrl: present(found.voiceUrl),
            voiceMethod: present(found.voiceMethod),
            statusCallbackUrl: present(found.statusCallback),
            statusCallbackMethod: present(found.statusCallbackMethod),
          };
    },
    listCalls: (phoneNumber) =>
      callTwilio('list calls', 'repeatable', async () => {
        const limit = { pageSize: MOST_CALLS, limit: MOST_CALLS };
        const [to, from] = await Promise.all([
          account.calls.list({ to: phoneNumber, ...limit }),
          account.calls.list({ from: phoneNumber, ...limit }),
        ]);
        return [...to, ...from].flatMap(({ sid: callSid, startTime, status }) =>
          isSid(callSid, 'CA') ? [{ callSid, status, startedAt: toIso(startTime) }] : [],
        );
      }),
  };
}

interface WebhookConfiguration {
  readonly method: string | null;
  readonly filters: readonly string[] | null;
  readonly preWebhookUrl: string | null;
  readonly postWebhookUrl: string | null;
}

function toSettings({ method, filters, preWebhookUrl, postWebhookUrl }: WebhookConfiguration): WebhookSettings {
  return {
    method: method ?? 'POST',
    filters: filters ?? [],
    preWebhookUrl: present(preWebhookUrl),
    postWebhookUrl: present(postWebhookUrl),
  };
}

/** Twilio writes what is not set as null or as an empty text. */
function present(text: string | null): string | undefined {
  return text === null || text === '' ? undefined : text;
}

function toIso(date: Date | null): string | undefined {
  return date === null || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
