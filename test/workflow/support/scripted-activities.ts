import { randomUUID } from 'node:crypto';
import { type Activities } from '../../../activities';
import { type LookUpResult } from '../../../activities/look-up-again';
import { type PostResult, type PostToConversationInput } from '../../../activities/post-to-conversation';
import { type SendMessageInput, type SendResult } from '../../../activities/send-message';
import { type TakenUp } from '../../../activities/take-up-message';
import { type ChildOf } from '../../../src/domain/child-of';
import { type DeliveryEvent } from '../../../src/domain/delivery-event';
import { DEFAULT_OPT_OUT_CODES } from '../../../src/domain/opt-out-code';
import { type ConversationSid, type MessageSid, type ParticipantSid } from '../../../src/domain/sid';
import {
  type CallActivities,
  type CallRecord,
  type CallScript,
  createScriptedCalls,
  emptyCallRecord,
} from './scripted-calls';

/** What the world does to one message. */
export interface Script {
  /** What it does to the calls of the message. */
  readonly calls?: CallScript;
  /** Called for each send, with its number from 1. */
  readonly send?: (input: SendMessageInput, number: number) => SendResult | Promise<SendResult>;
  /** The same for each send into a conversation. */
  readonly post?: (input: PostToConversationInput, number: number) => PostResult | Promise<PostResult>;
  /** Whether the ledger has an opt-out of the step, when it is read. */
  readonly isOptedOut?: () => boolean;
  /** What Twilio says when it is asked at the deadline. */
  readonly poll?: (messageSid: MessageSid) => DeliveryEvent[];
  /** What the run of a redrive finds of earlier runs. */
  readonly takeUp?: TakenUp;
  /** What is found of an attempt of an earlier run. */
  readonly lookUp?: () => LookUpResult | Promise<LookUpResult>;
}

/** What `deliverMessage` calls; other workflows have activities of their own. */
type MessageActivities = Omit<
  Activities,
  | keyof CallActivities
  | 'pollQuietAttempts'
  | 'startUnstarted'
  | 'storeReceipt'
  | 'storeInboundWord'
  | 'tellCaller'
  | 'redriveMessage'
>;

type Recorded = { [Name in keyof MessageActivities]: Parameters<MessageActivities[Name]>[0][] } & CallRecord;

/** Activities that follow a script for each message and remember what they were asked. */
export interface ScriptedActivities {
  readonly activities: MessageActivities & CallActivities;
  readonly play: (messageId: string, script: Script) => void;
  /** What the activities were asked for one message. */
  readonly callsOf: (messageId: string) => Recorded;
}

export function createScriptedActivities(): ScriptedActivities {
  const scripts = new Map<string, Script>();
  const calls = new Map<string, Recorded>();
  const messageIdBySid = new Map<string, string>();
  const callsOf = (messageId: string): Recorded => {
    const recorded = calls.get(messageId) ?? emptyRecord();
    calls.set(messageId, recorded);
    return recorded;
  };
  const scriptOf = (messageId: string): Script => {
    const script = scripts.get(messageId);
    if (script === undefined) {
      throw new Error(`no script for ${messageId}`);
    }
    return script;
  };
  return {
    play: (messageId, script) => void scripts.set(messageId, script),
    callsOf,
    activities: {
      ...createScriptedCalls({ recordOf: callsOf, scriptOf: (messageId) => scriptOf(messageId).calls ?? {} }),
      sendMessage: async (input) => {
        const { messageId } = input.message;
        callsOf(messageId).sendMessage.push(input);
        const result = await acted(scriptOf(messageId).send)(input, callsOf(messageId).sendMessage.length);
        if (result.kind === 'handed_over') {
          messageIdBySid.set(result.messageSid, messageId);
        }
        return result;
      },
      postToConversation: async (input) => {
        const { messageId } = input.message;
        callsOf(messageId).postToConversation.push(input);
        const result = await acted(scriptOf(messageId).post)(input, callsOf(messageId).postToConversation.length);
        if (result.kind === 'posted') {
          messageIdBySid.set(result.messageSid, messageId);
        }
        return result;
      },
      openChild: ({ childOf, request, tenant }) => {
        callsOf(childOf.parentId).openChild.push({ childOf, request, tenant });
        const messageId = childIdOf(childOf);
        const complete = { ...request, to: '+12025550177', channel: 'whatsapp' } as const;
        return Promise.resolve({ messageId, tenant, requestHash: 'hash', request: complete, childOf });
      },
      pollReceipts: (input) => {
        const messageId = messageIdBySid.get(input.messageSid) ?? '';
        callsOf(messageId).pollReceipts.push(input);
        return Promise.resolve(scriptOf(messageId).poll?.(input.messageSid) ?? []);
      },
      lookUpAgain: async (input) => {
        const { messageId } = input.message;
        callsOf(messageId).lookUpAgain.push(input);
        const found = (await scriptOf(messageId).lookUp?.()) ?? { kind: 'absent' };
        if (found.kind === 'handed_over') {
          messageIdBySid.set(found.messageSid, messageId);
        }
        return found;
      },
      takeUpMessage: (input) => {
        const { messageId } = input;
        callsOf(messageId).takeUpMessage.push(input);
        const { takeUp } = scriptOf(messageId);
        if (takeUp === undefined) {
          return Promise.reject(new Error(`nothing to take up for ${messageId}`));
        }
        const known = takeUp.kind === 'taken_up' ? takeUp.attempts : [];
        known.forEach(({ messageSid }) => messageSid !== undefined && messageIdBySid.set(messageSid, messageId));
        return Promise.resolve(takeUp);
      },
      recordProgress: (progress) => remember(callsOf(progress.messageId).recordProgress, progress),
      recordHold: (input) => remember(callsOf(input.message.messageId).recordHold, input),
      recordOutcome: (input) => remember(callsOf(input.message.messageId).recordOutcome, input),
      askLedger: (input) => {
        const { messageId } = input.message;
        callsOf(messageId).askLedger.push(input);
        return Promise.resolve(acted(scriptOf(messageId).isOptedOut)());
      },
      openTask: (input) => remember(callsOf(input.messageId).openTask, input),
      closeTask: (input) => remember(callsOf(input.messageId).closeTask, input),
    },
  };
}

function emptyRecord(): Recorded {
  return {
    sendMessage: [],
    postToConversation: [],
    openChild: [],
    pollReceipts: [],
    lookUpAgain: [],
    takeUpMessage: [],
    recordProgress: [],
    recordHold: [],
    recordOutcome: [],
    askLedger: [],
    openTask: [],
    closeTask: [],
    ...emptyCallRecord(),
  };
}

/** The id of a child, as a test knows it beforehand. */
export function childIdOf({ parentId, participantSid }: Pick<ChildOf, 'parentId' | 'participantSid'>): string {
  return `${parentId}-${participantSid}`;
}

function acted<Act>(act: Act | undefined): Act {
  if (act === undefined) {
    throw new Error('the script has no such act');
  }
  return act;
}

function remember<T>(list: T[], item: T): Promise<void> {
  list.push(item);
  return Promise.resolve();
}

const hex32 = (): string => randomUUID().replaceAll('-', '');
export const RECIPIENT = `MB${'a'.repeat(32)}` as ParticipantSid;

/** Twilio took the message; `events` are receipts that came before its SID was known. */
export function handedOver(
  events: (messageSid: MessageSid) => DeliveryEvent[] = () => [],
): Extract<SendResult, { kind: 'handed_over' }> {
  const messageSid = `IM${hex32()}` as MessageSid;
  return {
    kind: 'handed_over',
    conversationSid: `CH${'c'.repeat(32)}` as ConversationSid,
    participantSid: RECIPIENT,
    messageSid,
    events: events(messageSid),
    optOutCodes: DEFAULT_OPT_OUT_CODES,
  };
}

/** A receipt of the recipient. */
export function receipt(messageSid: MessageSid, status: string, errorCode?: number): DeliveryEvent {
  return {
    eventId: `${messageSid}:${status}:${errorCode ?? ''}`,
    messageSid,
    participantSid: RECIPIENT,
    status,
    at: '2026-01-01T00:00:00.000Z',
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}
