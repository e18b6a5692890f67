import { type MessageRecord } from '../../database/message-store';

/** Until when quiet hours hold a message, and why. */
export interface HoldView {
  readonly until: string;
  readonly because: string;
}

/** When a message may be sent, and until when it is worth anything; what the request does not say is null. */
export interface TimesView {
  readonly timeZone: string | null;
  readonly sendAt: string | null;
  readonly expiresAt: string | null;
  readonly ignoreQuietHours: { readonly reason: string } | null;
  /** Null while nothing holds it. */
  readonly held: HoldView | null;
}

/** Shows the times of a message. */
export function presentTimes({ request, status, timeline }: MessageRecord): TimesView {
  const { expiresAt = null, ignoreQuietHours = null, sendAt = null, timeZone = null } = request;
  const hold = status === 'held' ? timeline.findLast(({ kind }) => kind === 'held') : undefined;
  const held =
    hold === undefined ? null : { until: String(hold.detail['until']), because: String(hold.detail['because']) };
  return { timeZone, sendAt, expiresAt, ignoreQuietHours, held };
}
