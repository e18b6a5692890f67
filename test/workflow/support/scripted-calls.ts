import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { type Activities } from '../../../activities';
import { type EndLostCallsInput } from '../../../activities/end-lost-calls';
import { type PlaceCallInput, type PlaceResult } from '../../../activities/place-call';
import { type CallEvent, type PressedKey } from '../../../src/domain/call-event';
import { type CallSid, type ConversationSid, type ParticipantSid } from '../../../src/domain/sid';
import { type CallNews } from '../../../workflows/contract';

/** What the world does to the calls of one message. */
export interface CallScript {
  /** Called for each call, with its number from 1. */
  readonly place?: (input: PlaceCallInput, number: number) => PlaceResult | Promise<PlaceResult>;
  /** What Twilio says of a call when it is asked; a call that nobody asks about needs none. */
  readonly poll?: (callSid: CallSid) => CallEvent;
  /** How a call ends when it is ended; canceled when not given. */
  readonly end?: (callSid: CallSid) => CallEvent;
  /** What is found of calls whose create was never answered. */
  readonly endLost?: (input: EndLostCallsInput) => CallNews[] | Promise<CallNews[]>;
  /** Whether a machine can be spoken to. */
  readonly leaveVoicemail?: () => boolean | Promise<boolean>;
  readonly note?: () => Promise<void>;
}

/** The activities that are about calls. */
export type CallActivities = Pick<
  Activities,
  'placeCall' | 'pollCall' | 'endCall' | 'endLostCalls' | 'leaveVoicemail' | 'noteCall' | 'recordCallOptOut'
>;
export type CallRecord = { [Name in keyof CallActivities]: Parameters<CallActivities[Name]>[0][] };

export function emptyCallRecord(): CallRecord {
  return {
    placeCall: [],
    pollCall: [],
    endCall: [],
    endLostCalls: [],
    leaveVoicemail: [],
    noteCall: [],
    recordCallOptOut: [],
  };
}

export interface CallBook {
  readonly scriptOf: (messageId: string) => CallScript;
  readonly recordOf: (messageId: string) => CallRecord;
}

/** Activities for calls that follow the script of their message. */
export function createScriptedCalls({ recordOf, scriptOf }: CallBook): CallActivities {
  const owners = new Map<string, string>();
  const ownerOf = (callSid: CallSid): string => owners.get(callSid) ?? '';
  return {
    placeCall: async (input) => {
      const { messageId } = input.message;
      const { placeCall } = recordOf(messageId);
      placeCall.push(input);
      const result = await (scriptOf(messageId).place ?? unscripted)(input, placeCall.length);
      if (result.kind === 'placed') {
        owners.set(result.callSid, messageId);
      }
      return result;
    },
    pollCall: (input) => {
      const messageId = ownerOf(input.callSid);
      recordOf(messageId).pollCall.push(input);
      return Promise.resolve((scriptOf(messageId).poll ?? unscripted)(input.callSid));
    },
    endCall: (input) => {
      const { callSid } = input;
      const messageId = ownerOf(callSid);
      recordOf(messageId).endCall.push(input);
      return Promise.resolve(scriptOf(messageId).end?.(callSid) ?? statusOf(callSid, 'canceled'));
    },
    endLostCalls: async (input) => {
      recordOf(input.messageId).endLostCalls.push(input);
      return (await scriptOf(input.messageId).endLost?.(input)) ?? [];
    },
    leaveVoicemail: async (input) => {
      const messageId = ownerOf(input.callSid);
      recordOf(messageId).leaveVoicemail.push(input);
      return await (scriptOf(messageId).leaveVoicemail ?? unscripted)();
    },
    noteCall: async (input) => {
      recordOf(input.messageId).noteCall.push(input);
      await scriptOf(input.messageId).note?.();
    },
    recordCallOptOut: (refused) => {
      recordOf(ownerOf(refused.callSid)).recordCallOptOut.push(refused);
      return Promise.resolve();
    },
  };
}

function unscripted(): never {
  throw ApplicationFailure.nonRetryable('the script has no such act for calls');
}

/** Twilio took a call of the message's conversation. */
export function placed(): Extract<PlaceResult, { kind: 'placed' }> {
  const callSid = `CA${randomUUID().replaceAll('-', '')}` as CallSid;
  const conversationSid = `CH${'c'.repeat(32)}` as ConversationSid;
  const participantSid = `MB${'a'.repeat(32)}` as ParticipantSid;
  return { kind: 'placed', callSid, conversation: { conversationSid, participantSid } };
}

const about = (callSid: CallSid, what: string) =>
  ({ eventId: `${callSid}:${what}`, callSid, at: '2026-01-01T00:00:00.000Z' }) as const;

/** A status of a call. @param answeredBy what machine detection says */
export function statusOf(callSid: CallSid, status: string, answeredBy?: string): CallEvent {
  const event = { kind: 'status', ...about(callSid, status), status } as const;
  return answeredBy === undefined ? event : { ...event, answeredBy };
}

/** Machine detection has made up its mind. */
export function answererOf(callSid: CallSid, answeredBy: string): CallEvent {
  return { kind: 'answered_by', ...about(callSid, answeredBy), answeredBy };
}

/** A key was pressed. */
export function keyOf(callSid: CallSid, key: PressedKey): CallEvent {
  return { kind: 'key', ...about(callSid, `key:${key}`), key };
}

/** Somebody was dialled. */
export function dialledOf(callSid: CallSid, wasTaken: boolean): CallEvent {
  return { kind: 'dialled', ...about(callSid, `dialled:${wasTaken}`), wasTaken };
}
