import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { VALID } from '../../config/environments';
import { type CallOptions } from './test-api';

export const ACCOUNT_SID = `AC${'0'.repeat(32)}`;

/** A form as Twilio posts it, signed over the public address with one of the configured tokens. */
export function signedWebhook(
  path: string,
  fields: Readonly<Record<string, string>>,
  authToken = 'new-token',
): CallOptions {
  const url = `${String(VALID['PUBLIC_BASE_URL']).replace(/\/$/, '')}${path}`;
  return {
    key: undefined,
    body: new URLSearchParams(fields).toString(),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'X-Twilio-Signature': getExpectedTwilioSignature(authToken, url, fields),
    },
  };
}
