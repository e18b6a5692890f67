import { type Call, type CallMoment, type CallProgressEvent, type CallStatus } from '../entities/call';
import { type SimulatorEvent } from '../logs/simulator-event';
import { type Simulation } from '../simulation';
import { touch } from '../state/recent-conversations';
import { statusWebhook } from './call-webhooks';

/** What callbacks and the log say of a call on its way; `initiated` is the word for dialling, where the call is still queued. */
const PROGRESS = { initiated: 'initiated', ringing: 'ringing', 'in-progress': 'answered' } as const;
const MOMENTS = { initiated: 'dialled', ringing: 'ringing', 'in-progress': 'answered' } as const;

/** Takes a call one step further, and has it told to whoever wants to hear of it. */
export function advanceCall(simulation: Simulation, call: Call, status: keyof typeof PROGRESS): void {
  const at = new Date();
  call.updatedAt = at;
  if (status === 'initiated') {
    call.startedAt = at;
  } else {
    call.status = status;
  }
  if (status === 'in-progress') {
    call.answeredAt = at;
  }
  addMoment(call, MOMENTS[status]);
  logCall(simulation, call, 'call.status_changed', { status });
  tellStatus(simulation, call, PROGRESS[status], status, at);
}

/** Adds to what happened to a call. */
export function addMoment(call: Call, kind: CallMoment['kind'], text = ''): void {
  call.moments.push({ at: new Date(), kind, text });
}

/** Writes down that something happened to a call, and that something happened in its conversation. */
export function logCall(
  { logs, state }: Simulation,
  { callSid, conversationSid }: Call,
  kind: SimulatorEvent['kind'],
  detail: SimulatorEvent['detail'],
): void {
  logs.events.append({ kind, callSid, ...(conversationSid === null ? {} : { conversationSid }), detail });
  const conversation = state.conversations.get(conversationSid ?? '');
  if (conversation !== undefined) {
    touch(state, conversation);
  }
}

/** Tells of a status whoever subscribed to the event. @param at when it happened */
export function tellStatus(
  { state }: Simulation,
  call: Call,
  event: CallProgressEvent,
  status: CallStatus | 'initiated',
  at: Date,
): void {
  if (call.statusCallback?.events.includes(event) === true) {
    void call.teller.tell(statusWebhook(state.accountSid, call, call.statusCallback, status, at));
    call.nextSequenceNumber += 1;
  }
}
