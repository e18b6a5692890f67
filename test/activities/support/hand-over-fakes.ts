import { MockActivityEnvironment } from '@temporalio/testing';
import {
  createSendMessage,
  type SendMessageDependencies,
  type SendMessageInput,
  type SendResult,
} from '../../../activities/send-message';
import { type AttemptGrant } from '../../../src/database/message-store';
import { DEFAULT_OPT_OUT_CODES } from '../../../src/domain/opt-out-code';
import { DEFAULT_POLICIES } from '../../../src/domain/policy';
import { type MessageSid, parseSid } from '../../../src/domain/sid';
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
  readonly result: Promise<SendResult>;
}

/** Runs the send activity in a world that answers as it is told. `attempt` is the try of Temporal. */
export function walk(world: World, { attempt = 1, hasSender = true } = {}): Walk {
  const calls: string[] = [];
  const deps = dependencies(world, calls, hasSender);
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
      },
    },
    attempt: { number: 1, step: 0, channel: 'sms', recipient: '+12025550123', content: { body: 'hello' } },
  };
  const result = environment.run<[SendMessageInput], SendResult, ReturnType<typeof createSendMessage>>(
    createSendMessage(deps),
    input,
  );
  return { calls, result };
}

function dependencies(world: World, calls: string[], hasSender: boolean): SendMessageDependencies {
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
      openConversation: (_, gone) => answer(gone === undefined ? 'open' : `open instead of ${gone}`, opens),
      createMessage: (conversationSid) => answer(`create in ${conversationSid}`, creates),
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
    markOptOut: ({ errorCode }) => {
      calls.push(`mark ${errorCode ?? 'nothing'}`);
      return Promise.resolve();
    },
    optOutCodes: DEFAULT_OPT_OUT_CODES,
    senders: hasSender ? { sms: '+12025550100' } : {},
    lookUpDelaysMs: [0, 1, 1],
    requestTimeoutMs: 10_000,
  };
}
