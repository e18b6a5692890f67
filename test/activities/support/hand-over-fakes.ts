import { MockActivityEnvironment } from '@temporalio/testing';
import {
  createSendMessage,
  type SendMessageDependencies,
  type SendMessageInput,
  type SendResult,
} from '../../../activities/send-message';
import { type AttemptGrant } from '../../../src/database/message-store';
import { type Category } from '../../../src/domain/category';
import { DEFAULT_OPT_OUT_CODES } from '../../../src/domain/opt-out-code';
import { DEFAULT_POLICIES } from '../../../src/domain/policy';
import { type MessageContent } from '../../../src/domain/send-request';
import { type Senders } from '../../../src/domain/sender';
import { type MessageSid, parseSid } from '../../../src/domain/sid';
import { type QuietHoursRow } from '../../../src/domain/quiet-hours-table';
import { type RequestTimes } from '../../../src/domain/request-times';
import { type OpenConversation } from '../../../src/twilio/gateway';
import { TwilioError, type TwilioFault } from '../../../src/twilio/twilio-error';

export const CONVERSATION: OpenConversation = {
  conversationSid: parseSid(`CH${'a'.repeat(32)}`, 'CH'),
  participantSid: parseSid(`MB${'a'.repeat(32)}`, 'MB'),
};
export const OTHER_CONVERSATION: OpenConversation = {
  conversationSid: parseSid(`CH${'b'.repeat(32)}`, 'CH'),
  participantSid: parseSid(`MB${'b'.repeat(32)}`, 'MB'),
};
export const MESSAGE_SID = parseSid(`IM${'a'.repeat(32)}`, 'IM');

export const twilioError = (fault: TwilioFault, code?: number, retryAfterMs?: number): TwilioError =>
  new TwilioError({ fault, operation: 'messages.create', code, retryAfterMs });

/** What the world answers; every call is written down in order. */
export interface World {
  readonly grants: (Omit<AttemptGrant, 'startedAt'> | Error)[];
  readonly creates: (MessageSid | Error)[];
  readonly finds?: (MessageSid | undefined | Error)[];
  readonly opens?: (OpenConversation | Error)[];
}

export interface Walk {
  readonly calls: string[];
  /** What was posted. */
  readonly posted: MessageContent[];
  /** The senders that conversations were opened for, and creates recorded with. */
  readonly sentFrom: string[];
  readonly result: Promise<SendResult>;
}

/** Noon in New York. */
export const NOON_MS = Date.UTC(2026, 10, 20, 17);

export interface WalkOptions {
  /** The try of Temporal. */
  readonly attempt?: number;
  readonly hasSender?: boolean;
  /** In place of the one sender of sms. */
  readonly senders?: Senders;
  /** Goes out over WhatsApp in place of a text by sms. */
  readonly overWhatsApp?: MessageContent;
  readonly isReleased?: boolean;
  /** What the request says besides. */
  readonly request?: RequestTimes & { readonly category?: Category };
  /** What the clock shows each time it is looked at, in milliseconds since 1970; noon in New York after that. */
  readonly times?: readonly number[];
  /** Rows of POSTHORN_QUIET_HOURS. */
  readonly quietHours?: readonly QuietHoursRow[];
}

/** Runs the send activity in a world that answers as it is told. */
export function walk(world: World, options: WalkOptions = {}): Walk {
  const { attempt = 1, hasSender = true, isReleased = false, quietHours = [], request = {}, times = [] } = options;
  const { overWhatsApp, senders = hasSender ? { sms: '+12025550100', whatsapp: '+12025550100' } : {} } = options;
  const log = { calls: [] as string[], posted: [] as MessageContent[], sentFrom: [] as string[] };
  const shown = [...times];
  const deps = { ...dependencies(world, log, senders), quietHours, now: () => shown.shift() ?? NOON_MS };
  const environment = new MockActivityEnvironment({ attempt, startToCloseTimeoutMs: 45_000 });
  const input: SendMessageInput = {
    message: {
      messageId: 'msg_1',
      tenant: 'tests',
      requestHash: 'hash',
      request: {
        to: '+12025550123',
        channel: 'sms',
        content: { body: 'hello' },
        category: 'notification',
        metadata: {},
        policy: DEFAULT_POLICIES.notification,
        ...request,
      },
    },
    attempt: {
      number: 1,
      step: 0,
      channel: overWhatsApp === undefined ? 'sms' : 'whatsapp',
      recipient: '+12025550123',
      content: overWhatsApp ?? { body: 'hello' },
      ...(isReleased && { isReleased }),
    },
  };
  const result = environment.run<[SendMessageInput], SendResult, ReturnType<typeof createSendMessage>>(
    createSendMessage(deps),
    input,
  );
  return { ...log, result };
}

function dependencies(
  world: World,
  { calls, posted, sentFrom }: Omit<Walk, 'result'>,
  senders: Senders,
): SendMessageDependencies {
  const { creates, finds = [], grants, opens = [] } = world;
  const answer = async <T>(call: string, answers: (T | Error)[]): Promise<T> => {
    calls.push(call);
    if (answers.length === 0) {
      throw new Error(`nobody expected ${call}`);
    }
    const next = answers.shift() as T | Error;
    if (next instanceof Error) {
      throw next;
    }
    return await Promise.resolve(next);
  };
  return {
    gateway: {
      openConversation: ({ sender }, gone) => {
        sentFrom.push(sender);
        return answer(gone === undefined ? 'open' : `open instead of ${gone}`, opens);
      },
      createMessage: (conversationSid, _, content) => {
        posted.push(content);
        return answer(`create in ${conversationSid}`, creates);
      },
      findMessage: (conversationSid) => answer(`find in ${conversationSid}`, finds),
      readReceipts: () => answer('read receipts', []),
    },
    messages: {
      beginAttempt: async (_, __, { opened, provedAbsent } = {}) => ({
        startedAt: '2026-01-01T00:00:00.000Z',
        ...(await answer(
          `begin${opened === undefined ? '' : ` in ${opened.conversationSid}`}${provedAbsent === undefined ? '' : ` without ${provedAbsent}`}`,
          grants,
        )),
      }),
      withdrawCreate: (_, __, createId) => {
        calls.push(`withdraw ${createId}`);
        return Promise.resolve();
      },
      recordCreated: () => {
        calls.push('record');
        return Promise.resolve([]);
      },
    },
    markAddress: ({ errorCode }) => {
      calls.push(`mark ${errorCode ?? 'nothing'}`);
      return Promise.resolve();
    },
    optOutCodes: DEFAULT_OPT_OUT_CODES,
    senders,
    lookUpDelaysMs: [0, 1, 1],
    requestTimeoutMs: 10_000,
    quietHours: [],
    now: () => NOON_MS,
  };
}
