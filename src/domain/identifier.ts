import { describeStray, sidPrefixOf } from './sid';
import { nameOfKind, type SidPrefix } from './sid-kinds';
import { parseTaskId } from './task-id';
import { messageIdOf } from './workflow-id';

/** Kinds of Twilio's identifiers that lie on the way of a message, and so lead to it. */
export const TRACED_PREFIXES = ['CH', 'MB', 'IM', 'DY', 'CA', 'SM', 'MM', 'WA'] as const satisfies readonly SidPrefix[];
export type TracedPrefix = (typeof TRACED_PREFIXES)[number];

/** What leads to messages: an id of posthorn's own, or an identifier of Twilio's. `id` is what to look for. */
export interface TracedIdentifier {
  readonly kind: 'message' | 'callback' | TracedPrefix;
  readonly id: string;
}

/** What a text is, as far as one sees from the text alone. */
export type IdentifierReading =
  | { readonly isTraced: true; readonly identifier: TracedIdentifier; readonly name: string }
  /** It leads to no message: what it looks like and what to give in its place, as a sentence part that begins with `is`. */
  | { readonly isTraced: false; readonly problem: string };

const TAKEN =
  'an identifier on the way of a message is expected: a message id (msg_…), a workflow id (deliver-…), a callback id (evt_…), a task id (task_…), ' +
  `or a SID that starts with ${TRACED_PREFIXES.join(', ')}`;

/** Workflows that tell callbacks are called after them. */
const TELL_CALLER = /^tell-caller-(evt_.*)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Says what kind of identifier a text is. The blanks around it, which come with copying, do not matter. */
export function readIdentifier(text: string): IdentifierReading {
  const trimmed = text.trim();
  const prefix = sidPrefixOf(trimmed);
  if (prefix !== undefined && isTracedPrefix(prefix)) {
    return { isTraced: true, identifier: { kind: prefix, id: trimmed }, name: nameOfKind(prefix) };
  }
  const ofWorkflow = messageIdOf(trimmed);
  if (ofWorkflow !== undefined) {
    return { isTraced: true, identifier: { kind: 'message', id: ofWorkflow }, name: 'the workflow id of a message' };
  }
  if (/^msg_./.test(trimmed)) {
    return { isTraced: true, identifier: { kind: 'message', id: trimmed }, name: 'a message id' };
  }
  const task = parseTaskId(trimmed);
  if (task !== undefined) {
    return { isTraced: true, identifier: { kind: 'message', id: task.messageId }, name: 'a task id' };
  }
  const callbackId = TELL_CALLER.exec(trimmed)?.[1] ?? (/^evt_./.test(trimmed) ? trimmed : undefined);
  if (callbackId !== undefined) {
    return { isTraced: true, identifier: { kind: 'callback', id: callbackId }, name: 'a callback id' };
  }
  return { isTraced: false, problem: describeStray(trimmed, TAKEN) ?? describeOther(trimmed) };
}

function describeOther(text: string): string {
  if (UUID.test(text)) {
    return `looks like the id of a run in Temporal or of a request; open the run in the Temporal UI and take its workflow id: ${TAKEN}`;
  }
  return `is no identifier that posthorn knows: ${TAKEN}; the message of an idempotency key is found with --key`;
}

function isTracedPrefix(prefix: SidPrefix): prefix is TracedPrefix {
  return (TRACED_PREFIXES as readonly SidPrefix[]).includes(prefix);
}
