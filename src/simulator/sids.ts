import { randomBytes } from 'node:crypto';

/** Prefixes of the identifiers that the simulator hands out. */
export type SimulatedSidPrefix = 'IS' | 'CH' | 'MB' | 'IM' | 'DY' | 'SM' | 'WA' | 'CA';

/** A new identifier in Twilio's form: two letters and 32 hexadecimal digits. */
export function newSid(prefix: SimulatedSidPrefix): string {
  return prefix + randomBytes(16).toString('hex');
}
