import { type MessageSummaryView } from '../http/presenters/message';
import { type StoryReceiptView, type StoryView, type TraceView } from '../http/presenters/story';
import { describeCallbacks } from './describe-callbacks';
import { describeMessage } from './describe-message';
import { localTime, localTimeZone } from './local-time';
import { createTable } from './table';

/** Where an identifier leads, for a person in front of a terminal: which messages there are, and the stories that are told. */
export function describeTrace(trace: TraceView, timeZone: string = localTimeZone()): string {
  const { identifier, kind, messages, stories } = trace;
  const count = messages.length === 1 ? 'one message' : `${messages.length} messages, the newest first`;
  const list = messages.length === 1 ? [] : [messageTable(messages, timeZone), ''];
  return [
    `${identifier} is ${kind}; it belongs to ${count}.`,
    ...list,
    ...stories.map((story) => `\n${describeStory(story, timeZone)}`),
  ].join('\n');
}

/** A message with all that belongs to it: the same text from whichever of its identifiers one came. */
export function describeStory({ callbacks, message, receipts }: StoryView, timeZone: string): string {
  return [
    describeMessage(message, timeZone),
    conversationTable(message.attempts),
    receipts.length === 0 ? 'No receipt has come.' : receiptTable(receipts, timeZone),
    callbacks.length === 0 ? 'Its caller was told nothing.\n' : describeCallbacks(callbacks, timeZone),
  ].join('\n');
}

function messageTable(messages: readonly MessageSummaryView[], timeZone: string): string {
  const table = createTable(['accepted', 'message', 'channel', 'status', 'outcome']);
  for (const { channel, createdAt, id, outcome, status } of messages) {
    table.push([localTime(createdAt, timeZone), id, channel, status, outcome?.kind ?? '']);
  }
  return table.toString();
}

/** Where the attempts went; what they came to stands in the table of the message. */
function conversationTable(attempts: StoryView['message']['attempts']): string {
  const table = createTable(['attempt', 'conversation', 'participant', 'message or call']);
  for (const { callSid, conversationSid, messageSid, number, participantSid } of attempts) {
    table.push([String(number), conversationSid ?? '', participantSid ?? '', messageSid ?? callSid ?? '']);
  }
  return attempts.length === 0 ? 'No attempt has an identifier at Twilio.' : table.toString();
}

function receiptTable(receipts: readonly StoryReceiptView[], timeZone: string): string {
  const table = createTable([
    'time',
    'attempt',
    'receipt',
    'status',
    'error',
    'channel message',
    'participant',
    'told by',
  ]);
  for (const receipt of receipts) {
    const { at, attempt, channelMessageSid, deliveryReceiptSid, errorCode, participantSid, source, status } = receipt;
    const twilio = [deliveryReceiptSid, status, String(errorCode ?? ''), channelMessageSid ?? '', participantSid ?? ''];
    table.push([localTime(at, timeZone), String(attempt), ...twilio, source]);
  }
  return table.toString();
}
