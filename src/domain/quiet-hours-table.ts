import { type Category } from './category';
import { type SendWindow, type Weekday } from './quiet-hours-window';

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

const WORKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/**
 * The reviewed table. Each window lies within what its source allows: one a day, so that of a rule with several it has the hours that
 * all of them share, or the longer one. It knows weekdays but no holidays, and countries but no states.
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
    source: '47 CFR 64.1200(c)(1), telephone solicitations; many states allow less',
  },
  {
    country: 'CA',
    medium: 'voice',
    windows: { marketing: { from: '10:00', to: '18:00' } },
    source: 'CRTC Unsolicited Telecommunications Rules, part III: 09:00 to 21:30, on weekends 10:00 to 18:00',
  },
  {
    country: 'FR',
    medium: 'text',
    windows: { marketing: { from: '08:00', to: '20:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] } },
    source:
      'charter of the operators (af2m, Business Messaging): working days, 08:00 to 22:00; many providers end at 20:00',
  },
  {
    country: 'FR',
    medium: 'voice',
    windows: { marketing: { from: '14:00', to: '20:00', days: WORKDAYS } },
    source: 'code de la consommation, art. D223-9 (décret 2022-1313): 10:00 to 13:00 and 14:00 to 20:00',
  },
  {
    country: 'ES',
    medium: 'voice',
    windows: { marketing: { from: '09:00', to: '21:00', days: WORKDAYS } },
    source: 'Ley General para la Defensa de los Consumidores y Usuarios, art. 96.2',
  },
  {
    country: 'AU',
    medium: 'voice',
    windows: { marketing: { from: '09:00', to: '20:00', days: WORKDAYS } },
    source:
      'Telemarketing and Research Calls Industry Standard 2017: 09:00 to 20:00; Saturdays, until 17:00, are left out',
  },
];
