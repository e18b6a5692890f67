import {
  type AccountSid,
  type ApplicationSid,
  type CallSid,
  type ConnectAppSid,
  type ConversationServiceSid,
  type ConversationSid,
  type MessagingServiceSid,
  type ParticipantSid,
} from '../domain/sid';
import { type WebhookSettings } from './webhook-settings';

/** The account as Twilio describes it, and what its clock said. */
export interface AccountSnapshot {
  readonly accountSid: AccountSid;
  /** `active`, `suspended` or `closed`. */
  readonly status: string;
  /** `Full` or `Trial`. */
  readonly type: string;
  /** The `Date` of the answer in milliseconds since 1970, which counts whole seconds; undefined when it cannot be read. */
  readonly answeredAtMs: number | undefined;
}

/** What a number of the account can do. */
export interface NumberSnapshot {
  readonly canSms: boolean;
  readonly canMms: boolean;
  readonly canVoice: boolean;
}

export interface MessagingServiceSnapshot {
  readonly inboundRequestUrl: string | undefined;
  readonly inboundMethod: string | undefined;
  /** Whether inbound messages go to the URL of the number in place of the service's. */
  readonly usesUrlOfNumber: boolean;
  /** The numbers in its sender pool, E.164. */
  readonly phoneNumbers: readonly string[];
}

/** A TwiML app. Its URLs take the place of those that a call is created with. */
export interface ApplicationSnapshot {
  readonly voiceUrl: string | undefined;
  readonly voiceMethod: string | undefined;
  readonly statusCallbackUrl: string | undefined;
  readonly statusCallbackMethod: string | undefined;
}

/** A participant of a conversation, of chat ones too. */
export interface ParticipantSnapshot {
  readonly participantSid: ParticipantSid;
  /** `sms`, `whatsapp` and the like; undefined for a member of the chat. */
  readonly bindingType: string | undefined;
  /** As Twilio writes it; undefined for a member of the chat. */
  readonly address: string | undefined;
  readonly proxyAddress: string | undefined;
  /** The call SIDs that its Attributes mention. */
  readonly notedCallSids: readonly CallSid[];
}

export interface ConversationOverview {
  readonly state: string;
  readonly participants: readonly ParticipantSnapshot[];
}

export interface CallSnapshot {
  readonly callSid: CallSid;
  readonly status: string;
  /** ISO 8601; undefined while the call is queued. */
  readonly startedAt: string | undefined;
}

/**
 * Reads what an account is and owns, and sets the webhooks of a conversation service. Everything may be repeated.
 * What is not there is undefined. Every method throws `TwilioError`.
 */
export interface AccountGateway {
  readAccount(): Promise<AccountSnapshot>;
  /** Whether the account has the conversation service. */
  hasConversationService(conversationServiceSid: ConversationServiceSid): Promise<boolean>;
  readServiceWebhooks(conversationServiceSid: ConversationServiceSid): Promise<WebhookSettings>;
  readAccountWebhooks(): Promise<WebhookSettings>;
  /** Sets URL, method and filters; a pre-action URL stays as it is. */
  setServiceWebhooks(conversationServiceSid: ConversationServiceSid, settings: WebhookSettings): Promise<void>;
  /** @param phoneNumber E.164 */
  findNumber(phoneNumber: string): Promise<NumberSnapshot | undefined>;
  readMessagingService(messagingServiceSid: MessagingServiceSid): Promise<MessagingServiceSnapshot | undefined>;
  /** @returns its status, such as `ONLINE`. */
  findWhatsAppSender(phoneNumber: string): Promise<string | undefined>;
  readApplication(applicationSid: ApplicationSid): Promise<ApplicationSnapshot | undefined>;
  hasConnectApp(connectAppSid: ConnectAppSid): Promise<boolean>;
  readConversation(
    conversationServiceSid: ConversationServiceSid,
    conversationSid: ConversationSid,
  ): Promise<ConversationOverview | undefined>;
  /** The latest calls to and from an address, 50 each way at most. */
  listCalls(phoneNumber: string): Promise<readonly CallSnapshot[]>;
}
