/** Where a task is: nobody has it, somebody does, or it is over. */
export const TASK_STATUSES = ['open', 'claimed', 'closed'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** How a task was closed. `because`: what made it needless. */
export type TaskClosing =
  | { readonly kind: 'acknowledged'; readonly by: string; readonly note?: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'not_needed'; readonly because?: 'acknowledged' | 'delivered' | 'canceled' | 'opted_out' };

/** What the history of a task tells of, in the order in which it usually happens. */
export const TASK_HISTORY_KINDS = [
  'opened',
  'told_on_call',
  'claimed',
  'noted',
  'given_back',
  'answered_on_call',
  'acknowledged',
  'expired',
  'not_needed',
] as const;
export type TaskHistoryKind = (typeof TASK_HISTORY_KINDS)[number];

/** One attempt to reach the recipient, in words for the person who is asked. */
export interface TriedAttempt {
  readonly number: number;
  readonly channel: string;
  readonly status: string;
  readonly errorCode: number | null;
  /** What became of it; null while that is open. */
  readonly reason: string | null;
}

/** What a person needs who takes a task. No text of the message, and of its address only what a mask leaves. */
export interface TaskBriefing {
  /** Masked; null when the message is for everybody in a conversation. */
  readonly recipient: string | null;
  readonly tried: readonly TriedAttempt[];
  /** Why a person is asked. */
  readonly happened: string;
  readonly toDo: string;
}

/** How a task ended, in words. */
export function closingInWords(closing: TaskClosing): string {
  switch (closing.kind) {
    case 'acknowledged':
      return `${closing.by} has taken it`;
    case 'expired':
      return 'nobody took it in time';
    case 'not_needed':
      return `nobody is needed any more${NEEDLESS[closing.because ?? 'unknown']}`;
  }
}

const NEEDLESS = {
  acknowledged: ': the recipient has acknowledged it by a key during a call',
  delivered: ': the message has reached its recipient',
  canceled: ': the message was canceled',
  opted_out: ': the recipient wants no messages',
  unknown: '',
} as const;
