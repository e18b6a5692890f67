import { createHmac } from 'node:crypto';

/**
 * Twilio's signature: base64 of HMAC-SHA1, keyed with the auth token, over the full URL and then each POST field,
 * sorted by name, name and value joined. For a GET the fields are in the URL already, so none are given.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signWebhook(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const text = Object.keys(fields)
    .sort()
    .reduce((joined, name) => joined + name + (fields[name] ?? ''), url);
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}
