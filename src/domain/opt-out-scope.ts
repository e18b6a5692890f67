import { type Category } from './category';
import { type ReachChannel } from './channel';

/** What an opt-out covers. A part that is absent means any. */
export interface OptOutScope {
  /** E.164 of the sender. */
  readonly sender?: string;
  readonly channel?: ReachChannel;
  readonly category?: Category;
}

/** Whether an opt-out of this scope holds a message back. `message.sender` is E.164. */
export function scopeCovers(
  scope: OptOutScope,
  message: { readonly sender: string; readonly channel: ReachChannel; readonly category: Category },
): boolean {
  return (
    (scope.sender === undefined || scope.sender === message.sender) &&
    (scope.channel === undefined || scope.channel === message.channel) &&
    (scope.category === undefined || scope.category === message.category)
  );
}
