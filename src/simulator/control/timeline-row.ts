import { type CallMoment } from '../entities/call';
import { conversationTimeline, type TimelineEntry } from '../state/conversation-timeline';
import { type SimulatorState } from '../state/simulator-state';
import { ControlError } from './control-error';

/** Something that happened in a conversation or in a call that belongs to it. */
export interface TimelineRow {
  /** ISO 8601 with milliseconds. */
  readonly at: string;
  readonly kind: 'inbound' | 'outbound' | CallMoment['kind'];
  readonly messageSid: string | null;
  readonly callSid: string | null;
  /** The message, what was heard on the line, who took the call, or how it ended. */
  readonly text: string;
}

/** The timeline of a conversation. @throws ControlError 404 when there is no such conversation */
export function conversationRows(state: SimulatorState, conversationSid: string): TimelineRow[] {
  const conversation = state.conversations.get(conversationSid);
  if (conversation === undefined) {
    throw new ControlError(
      404,
      'conversationSid: there is no such conversation; take the SID of one from /_simulator/state',
    );
  }
  return conversationTimeline(state, conversation).map(toRow);
}

function toRow(entry: TimelineEntry): TimelineRow {
  const at = entry.at.toISOString();
  if (entry.kind === 'call') {
    const { call, moment } = entry;
    return { at, kind: moment.kind, messageSid: null, callSid: call.callSid, text: moment.text };
  }
  const { body, messageSid, source } = entry.message;
  return { at, kind: source === 'API' ? 'outbound' : 'inbound', messageSid, callSid: null, text: body ?? '' };
}
