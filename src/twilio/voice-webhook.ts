import { z } from 'zod';
import {
  type CallAnsweredByEvent,
  type CallDialledEvent,
  type CallKeyEvent,
  type CallStatusEvent,
  pressedKey,
} from '../domain/call-event';
import { type AccountSid, type CallSid, type ConversationSid } from '../domain/sid';
import { compact } from './compact';
import { firstValues, parseFormFields } from './form-fields';
import { hasMovedBoundary } from './moved-boundary';
import { type CallKey, readVoiceCallback, type SpokenMenu, type VoiceCallback } from './voice-callback';
import {
  integerField,
  neededText,
  type ParsedWebhook,
  problemsOf,
  readOptional,
  sidField,
  timeField,
} from './webhook-fields';

interface VoiceWebhookBase {
  readonly accountSid: AccountSid;
  readonly callSid: CallSid;
  readonly key: CallKey;
  readonly conversationSid?: ConversationSid;
}

/** A request of Twilio's about a call of ours. */
export type VoiceWebhook =
  | (VoiceWebhookBase & { readonly purpose: 'status'; readonly event: CallStatusEvent })
  | (VoiceWebhookBase & { readonly purpose: 'answerer'; readonly event: CallAnsweredByEvent })
  | (VoiceWebhookBase & {
      readonly purpose: 'key';
      readonly event: CallKeyEvent;
      readonly menu: SpokenMenu;
      /** E.164: the number of ours that called. */
      readonly caller?: string;
    })
  | (VoiceWebhookBase & { readonly purpose: 'dialled'; readonly event: CallDialledEvent; readonly menu: SpokenMenu })
  | (VoiceWebhookBase & { readonly purpose: 'speech' });

const needed = z.object({ AccountSid: sidField('AC'), CallSid: sidField('CA') });

const optional = {
  CallStatus: neededText,
  AnsweredBy: z.string().regex(/^[a-z_]{1,40}$/),
  Digits: z.string(),
  From: z.string().regex(/^\+[1-9]\d{4,14}$/),
  DialCallStatus: neededText,
  Timestamp: timeField,
  SequenceNumber: integerField,
  CallDuration: integerField,
  SipResponseCode: integerField,
};

/** The dialled side took it: `answered` where it is a conference. Source: https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values */
const TAKEN: ReadonlySet<string> = new Set(['completed', 'answered']);

/** `msg` is the one name of Twilio's that starts with a small letter: it comes with pressed keys. */
const KNOWN_NAMES: ReadonlySet<string> = new Set([...Object.keys(needed.shape), ...Object.keys(optional), 'msg']);

const NO_KEY =
  'for is missing, or the query has no key of posthorn: have Twilio call the URL that posthorn gives it with each call';
const MOVED_BOUNDARY =
  'fields have a name that is no name of Twilio: somebody may have changed a signed request; compare it with the debugger of Twilio';

/**
 * Reads a request about a call: what it is for and whose call it is from the query, the rest from the form.
 * Sources: https://www.twilio.com/docs/voice/api/call-resource#statuscallback, https://www.twilio.com/docs/voice/twiml/gather#action,
 * https://www.twilio.com/docs/voice/answering-machine-detection#asyncamdstatuscallback
 * @param rawBody the form as it came; its signature has been verified, and the query's with it.
 * @param receivedAt ISO 8601 in UTC with milliseconds: in place of Twilio's time, which only status callbacks have.
 */
export function parseVoiceWebhook(
  rawBody: Buffer,
  query: URLSearchParams,
  receivedAt: string,
): ParsedWebhook<VoiceWebhook> {
  const fields = firstValues(parseFormFields(rawBody));
  const result = needed.safeParse(fields);
  const callback = readVoiceCallback(query);
  if (!result.success) {
    return { ok: false, problems: problemsOf(result.error) };
  }
  if (callback === undefined) {
    return { ok: false, problems: [NO_KEY] };
  }
  if (hasMovedBoundary(Object.keys(fields), KNOWN_NAMES)) {
    return { ok: false, problems: [MOVED_BOUNDARY] };
  }
  const { AccountSid: accountSid, CallSid: callSid } = result.data;
  const base: VoiceWebhookBase = { accountSid, callSid, key: callback.key, ...conversationOf(callback) };
  return readPurpose(base, callback, fields, receivedAt);
}

function readPurpose(
  base: VoiceWebhookBase,
  { purpose, menu }: VoiceCallback,
  fields: Readonly<Record<string, string>>,
  receivedAt: string,
): ParsedWebhook<VoiceWebhook> {
  const { values } = readOptional(optional, fields);
  const { callSid } = base;
  if (purpose === 'speech') {
    return { ok: true, event: { ...base, purpose } };
  }
  if (purpose === 'key' && menu !== undefined) {
    const pressed = pressedKey(values.Digits ?? '', menu.offered);
    const event: CallKeyEvent = {
      kind: 'key',
      // A wrong key and a right one may follow each other in one round only if Twilio repeats itself: both count once.
      eventId: `${callSid}:key:${menu.round}:${pressed}`,
      callSid,
      at: receivedAt,
      key: pressed,
    };
    return { ok: true, event: { ...base, purpose, event, menu, ...compact({ caller: values.From }) } };
  }
  if (purpose === 'dialled' && menu !== undefined) {
    return readDialled(base, menu, values.DialCallStatus, receivedAt);
  }
  if (purpose === 'answerer') {
    const { AnsweredBy: answeredBy } = values;
    if (answeredBy === undefined) {
      return { ok: false, problems: ['AnsweredBy is missing; Twilio sends it when machine detection has ended'] };
    }
    const eventId = `${callSid}:answered_by:${answeredBy}`;
    return {
      ok: true,
      event: { ...base, purpose, event: { kind: 'answered_by', eventId, callSid, at: receivedAt, answeredBy } },
    };
  }
  return readStatus(base, values, receivedAt);
}

function readDialled(
  base: VoiceWebhookBase,
  menu: SpokenMenu,
  dialStatus: string | undefined,
  receivedAt: string,
): ParsedWebhook<VoiceWebhook> {
  if (dialStatus === undefined) {
    return { ok: false, problems: ['DialCallStatus is missing; Twilio sends it when the dialled call has ended'] };
  }
  const { callSid } = base;
  const wasTaken = TAKEN.has(dialStatus);
  const eventId = `${callSid}:dialled:${dialStatus}`;
  const event: CallDialledEvent = { kind: 'dialled', eventId, callSid, at: receivedAt, wasTaken };
  return { ok: true, event: { ...base, purpose: 'dialled', event, menu } };
}

function readStatus(
  base: VoiceWebhookBase,
  values: ReturnType<typeof readOptional<typeof optional>>['values'],
  receivedAt: string,
): ParsedWebhook<VoiceWebhook> {
  const { callSid } = base;
  const { CallStatus: status, SequenceNumber: sequence, Timestamp: at = receivedAt } = values;
  if (status === undefined) {
    return { ok: false, problems: ['CallStatus is missing; Twilio always sends it in a status callback'] };
  }
  const event: CallStatusEvent = {
    kind: 'status',
    eventId: statusEventId(callSid, status, sequence),
    callSid,
    at,
    status,
    ...compact({
      sequence,
      answeredBy: values.AnsweredBy,
      durationSeconds: values.CallDuration,
      sipResponseCode: values.SipResponseCode,
    }),
  };
  return { ok: true, event: { ...base, purpose: 'status', event } };
}

/** The id of a status of a call. @param sequence absent for one that was read, not told */
export function statusEventId(callSid: CallSid, status: string, sequence?: number): string {
  return `${callSid}:status:${sequence ?? 'read'}:${status}`;
}

function conversationOf({ conversationSid }: VoiceCallback): { readonly conversationSid?: ConversationSid } {
  return compact({ conversationSid });
}
