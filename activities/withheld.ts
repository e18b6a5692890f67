import { type AttemptChannel, CALL_CHANNEL } from '../src/domain/channel';
import { allowedAt, type Hold, windowFor } from '../src/domain/quiet-hours';
import { type QuietHoursRow } from '../src/domain/quiet-hours-table';
import { type PossibleZones, possibleZones } from '../src/domain/quiet-hours-zones';
import { type Handover } from './handover-context';

/** Nothing may be sent at this moment: not yet, or not any more. */
export type Withheld = Hold | { readonly kind: 'expired'; readonly reason: string };

/** What time is asked about; without a recipient it is for all participants of a conversation. */
type Sendable = Pick<Handover, 'message' | 'isReleased'> & {
  readonly attempt: { readonly recipient?: string; readonly channel?: AttemptChannel };
};

/**
 * Whether time allows to send a message at a moment.
 * @param configured rows of POSTHORN_QUIET_HOURS.
 * @returns undefined when it does.
 */
export function withheldAt(at: Date, handover: Sendable, configured: readonly QuietHoursRow[]): Withheld | undefined {
  const { expiresAt, ignoreQuietHours } = handover.message.request;
  if (expiresAt !== undefined && at.getTime() >= Date.parse(expiresAt)) {
    return { kind: 'expired', reason: 'its time was over before Twilio had it, so nothing was sent' };
  }
  if (ignoreQuietHours !== undefined || handover.isReleased === true) {
    return undefined;
  }
  const allowance = quietHours(at, handover, configured);
  return allowance?.kind === 'held' ? allowance : undefined;
}

function quietHours(at: Date, handover: Sendable, configured: readonly QuietHoursRow[]) {
  const { category } = handover.message.request;
  const where = placeOf(handover);
  const medium = handover.attempt.channel === CALL_CHANNEL ? 'voice' : 'text';
  const window = windowFor(configured, { country: where?.country, medium, category });
  return where === undefined || window === null ? undefined : allowedAt(at, where, window);
}

/** Where the recipient is. Of the participants of a conversation nothing is known but what the request says. */
function placeOf({ attempt: { recipient }, message: { request } }: Sendable): PossibleZones | undefined {
  const { timeZone } = request;
  if (recipient === undefined) {
    return timeZone === undefined ? undefined : { zones: [timeZone], basis: 'given' };
  }
  // A step may write to somebody else, who may be somewhere else.
  return possibleZones(recipient, recipient === request.to ? timeZone : undefined);
}
