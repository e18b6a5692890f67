import { getCountry } from 'countries-and-timezones';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { IANAZone } from 'luxon';

/** Where the recipient of a number may be. */
export interface PossibleZones {
  /** ISO 3166-1 alpha-2; absent for numbers that belong to no country. */
  readonly country?: string;
  /** IANA names, at least one. */
  readonly zones: readonly string[];
  /**
   * - `given`: the request says the zone.
   * - `number`: the zones of the number's country.
   * - `nowhere`: the number belongs to no country, so UTC has to do.
   */
  readonly basis: 'given' | 'number' | 'nowhere';
}

/** Regions with numbers of their own that the time zone database files under another one's name. */
const ZONES_OF_REGIONS: Readonly<Record<string, readonly string[]>> = {
  AC: ['Atlantic/St_Helena'],
  TA: ['Atlantic/St_Helena'],
  XK: ['Europe/Belgrade'],
};

/** Whether a text is the IANA name of a time zone. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

/**
 * The time zones that a number's owner may be in. A number tells its country and no more: mobile numbers are kept when people move,
 * so an area code narrows nothing down.
 */
export function possibleZones(e164: string, givenZone?: string): PossibleZones {
  const number = parsePhoneNumberFromString(e164, { extract: false });
  const country = number?.country === undefined ? {} : { country: number.country };
  if (givenZone !== undefined) {
    return { ...country, zones: [givenZone], basis: 'given' };
  }
  const countries = number?.country === undefined ? (number?.getPossibleCountries() ?? []) : [number.country];
  const zones = [...new Set(countries.flatMap(zonesOfCountry))];
  return zones.length === 0 ? { ...country, zones: ['UTC'], basis: 'nowhere' } : { ...country, zones, basis: 'number' };
}

/** The time zones of a country, by its ISO 3166-1 alpha-2 code; empty for a code that no country has. */
export function zonesOfCountry(country: string): readonly string[] {
  return ZONES_OF_REGIONS[country] ?? getCountry(country)?.timezones ?? [];
}
