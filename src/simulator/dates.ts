/** ISO 8601 in whole seconds, as Twilio's REST answers write dates. */
export function toRestDate(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** RFC 2822 in whole seconds, as Twilio's voice API and its callbacks write dates. */
export function toRfc2822Date(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}

/** ISO 8601 with milliseconds, as Twilio's webhooks write dates. */
export function toWebhookDate(date: Date): string {
  return date.toISOString();
}
