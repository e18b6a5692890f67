/** When a message may be sent, and until when it is worth anything. All of it may be absent. */
export interface RequestTimes {
  /** IANA name of the recipient's time zone, in place of what the number tells. */
  readonly timeZone?: string;
  /** Not before this moment; ISO 8601 in UTC. */
  readonly sendAt?: string;
  /** From this moment on nothing is sent and nothing is waited for; ISO 8601 in UTC. */
  readonly expiresAt?: string;
  /** Present when quiet hours do not hold this message, and why. */
  readonly ignoreQuietHours?: { readonly reason: string };
}
