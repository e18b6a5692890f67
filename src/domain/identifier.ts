import { describeStray, sidPrefixOf } from './sid';
import { nameOfKind, type SidPrefix } from './sid-kinds';
import { parseTaskId } from './task-id';
import { messageIdOf } from './workflow-id';

/** Kinds of Twilio's identifiers that lie on the way of a message, and so lead to it. */
export const TRACED_PREFIXES = ['CH', 'MB', 'IM', 'DY', 'CA', 'SM', 'MM', 'WA'] as const satisfies readonly SidPrefix[];
export type TracedPrefix = (typeof TRACED_PREFIXES)[number];

/** What leads to messages by what is stored: an id of posthorn's own, or an identifier of Twilio's. `id` is what to look for. */
export interface StoredIdentifier {
  readonly kind: 'message' | 'callback' | TracedPrefix;
  readonly id: string;
}

/** A run of a workflow: Temporal alone knows of which. */
export interface RunIdentifier {
  readonly kind: 'run';
  readonly id: string;
}

export type TracedIdentifier = StoredIdentifier | RunIdentifier;

/** What a text is, as far as one sees from the text alone. */
export type IdentifierReading =
  | { readonly isTraced: true; readonly identifier: TracedIdentifier; readonly name: string }
  /** It leads to no message: what it looks like and what to give in its place, as a sentence part that begins with `is`. */
  | { readonly isTraced: false; readonly problem: string };

const TAKEN =
  'an identifier on the way of a message is expected: a message id (msg_…), a workflow id (deliver-…) or its run id, a callback id (evt_…), ' +
  `a task id (task_…), or a SID that starts with ${TRACED_PREFIXES.join(', ')}`;

const UNKNOWN = `is no identifier that posthorn knows: ${TAKEN}; the message of an idempotency key is found with --key`;

/** Why a kind that is on no single message's way leads to none. */
const SHARED: Readonly<Record<Exclude<SidPrefix, TracedPrefix>, string>> = {
  AC: 'every message of the account has it',
  SK: 'it logs in to Twilio, and is no part of any message',
  AP: 'it is noted beside every call',
  CN: 'it is noted beside every call',
  IS: 'every message goes through it',
  CF: 'posthorn joins no calls',
  MG: 'every new conversation belongs to it',
  PN: 'every message of that sender has it',
  HX: 'any number of messages can be made from it',
  ME: 'any number of messages can carry it',
  WH: 'it tells of every message in its conversation',
  US: 'it is a person, who can be in any number of conversations',
  RL: 'it says what a person in a chat may do',
};

/** Workflows that tell callbacks, or keep receipts while the database is away, are called after them. */
const HELPERS = /^(?:tell-caller-(?=evt_)|store-receipt-(?=DY))/;
/** The id of an event begins with the identifier that it is about: receipt or call. */
const EVENT_ID = /^((?:DY|CA)[0-9a-f]{32}):.+$/i;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Says what kind of identifier a text is. The blanks around it, which come with copying, do not matter. */
export function readIdentifier(text: string): IdentifierReading {
  const trimmed = text.trim().replace(HELPERS, '').replace(EVENT_ID, '$1');
  const prefix = sidPrefixOf(trimmed);
  if (prefix === undefined) {
    return readOwn(trimmed) ?? { isTraced: false, problem: UNKNOWN };
  }
  if (isTracedPrefix(prefix)) {
    return traced({ kind: prefix, id: trimmed }, nameOfKind(prefix));
  }
  const wanted = `it is not of one message: ${SHARED[prefix]}; ${TAKEN}`;
  return { isTraced: false, problem: describeStray(trimmed, wanted) ?? UNKNOWN };
}

/** Reads an id of posthorn's own or of Temporal's. */
function readOwn(text: string): IdentifierReading | undefined {
  const ofWorkflow = messageIdOf(text);
  if (ofWorkflow !== undefined) {
    return traced({ kind: 'message', id: ofWorkflow }, 'the workflow id of a message');
  }
  if (/^msg_./.test(text)) {
    return traced({ kind: 'message', id: text }, 'a message id');
  }
  const task = parseTaskId(text);
  if (task !== undefined) {
    return traced({ kind: 'message', id: task.messageId }, 'a task id');
  }
  if (/^evt_./.test(text)) {
    return traced({ kind: 'callback', id: text }, 'a callback id');
  }
  return UUID.test(text) ? traced({ kind: 'run', id: text.toLowerCase() }, 'the run id of a workflow') : undefined;
}

function traced(identifier: TracedIdentifier, name: string): IdentifierReading {
  return { isTraced: true, identifier, name };
}

function isTracedPrefix(prefix: SidPrefix): prefix is TracedPrefix {
  return (TRACED_PREFIXES as readonly SidPrefix[]).includes(prefix);
}
