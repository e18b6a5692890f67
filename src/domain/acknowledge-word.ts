import { plainText } from './plain-text';

/** What somebody on call may reply to take a task. */
const ACKNOWLEDGE_WORDS: ReadonlySet<string> = new Set(['1', 'ack', 'acknowledge', 'acknowledged']);

/** Whether a text is a reply that takes a task, and nothing else: case, quotes and blanks around it do not count. */
export function isAcknowledgement(text: string): boolean {
  return ACKNOWLEDGE_WORDS.has(plainText(text));
}
