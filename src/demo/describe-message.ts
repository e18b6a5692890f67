import { type AttemptView } from '../http/presenters/attempt';
import { type MessageView } from '../http/presenters/message';

/** What became of a message, one line for each attempt and one for its outcome: `1 sms undelivered 30008`, `→ delivered`. */
export function describeMessage({ attempts, outcome }: Pick<MessageView, 'attempts' | 'outcome'>): string[] {
  return [...attempts.map(describeAttempt), `→ ${outcome?.kind ?? 'no outcome'}`];
}

function describeAttempt({ number, channel, status, errorCode }: AttemptView): string {
  return [number, channel, status, errorCode].filter((part) => part !== null).join(' ');
}
