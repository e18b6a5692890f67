import { type Category } from './category';
import { type SendWindow } from './quiet-hours-window';

/** A text is read when the recipient likes; a call rings. */
export const MEDIA = ['text', 'voice'] as const;
export type Medium = (typeof MEDIA)[number];

/** When each category may be sent; null: at any time; absent: as the next more general rule says. */
export type CategoryWindows = Readonly<Partial<Record<Category, SendWindow | null>>>;

/** What holds for the numbers of one country, or of `*` for all that no other row speaks of. */
export interface QuietHoursRow {
  /** ISO 3166-1 alpha-2, or `*`. */
  readonly country: string;
  readonly medium: Medium;
  readonly windows: CategoryWindows;
  /** Where the rule is from, for people who review it. */
  readonly source: string;
}

/** Every country. */
export const EVERYWHERE = '*';

/**
 * The reviewed table. It keeps to one window a day, the strictest where a rule has several, and knows weekdays but no holidays.
 * Codes and alerts are asked for or urgent, so they are never held, at night least of all.
 */
export const QUIET_HOURS: readonly QuietHoursRow[] = [
  {
    country: EVERYWHERE,
    medium: 'text',
    windows: { security: null, alert: null, notification: null, marketing: { from: '08:00', to: '20:00' } },
    source: 'default of posthorn: the hours that common rules share',
  },
  {
    country: EVERYWHERE,
    medium: 'voice',
    windows: {
      security: null,
      alert: null,
      notification: { from: '09:00', to: '20:00' },
      marketing: { from: '09:00', to: '20:00' },
    },
    source: 'default of posthorn: a call disturbs more than a text',
  },
  {
    country: 'US',
    medium: 'text',
    windows: { marketing: { from: '08:00', to: '21:00' } },
    source: '47 CFR 64.1200(c)(1), telephone solicitations; some states end at 20:00',
  },
  {
    country: 'CA',
    medium: 'voice',
    windows: { marketing: { from: '10:00', to: '18:00' } },
    source:
      'CRTC Unsolicited Telecommunications Rules, part III: the hours of weekends, which those of weekdays include',
  },
  {
    country: 'FR',
    medium: 'text',
    windows: { marketing: { from: '08:00', to: '20:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] } },
    source: 'operators take marketing from Monday to Saturday',
  },
  {
    country: 'FR',
    medium: 'voice',
    windows: { marketing: { from: '10:00', to: '13:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] } },
    source: 'décret 2022-1313: 10:00 to 13:00 and 14:00 to 20:00 from Monday to Friday',
  },
];
