import { createHash } from 'node:crypto';

/** The identifier of something that is named by a number: always the same for the same number. */
export function derivedSid(prefix: 'PN' | 'XE', phoneNumber: string): string {
  return prefix + createHash('sha256').update(phoneNumber).digest('hex').slice(0, 32);
}
