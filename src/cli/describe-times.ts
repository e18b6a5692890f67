import { type TimesView } from '../http/presenters/times';

/** When a message may be sent and until when it is worth anything, for a person in front of a terminal; nothing when it does not say. */
export function describeTimes(
  { expiresAt, held, ignoreQuietHours, sendAt, timeZone }: TimesView,
  at: (iso: string) => string,
): string[] {
  const zone = timeZone === null ? '' : `  recipient in ${timeZone}`;
  const times = [
    ...(sendAt === null ? [] : [`not before ${at(sendAt)}`]),
    ...(expiresAt === null ? [] : [`worth sending until ${at(expiresAt)}`]),
  ].join(', ');
  return [
    ...(times === '' && zone === '' ? [] : [`times     ${times}${zone}`]),
    ...(ignoreQuietHours === null ? [] : [`          ignores quiet hours: ${ignoreQuietHours.reason}`]),
    ...(held === null ? [] : [`held      until ${at(held.until)}: ${held.because}`]),
  ];
}
