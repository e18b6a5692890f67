import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

/** The value of X-Twilio-Signature for a form that is posted to a URL, as `verifyTwilioSignature` expects it. */
export function signForm(authToken: string, url: string, form: Readonly<Record<string, string>>): string {
  return getExpectedTwilioSignature(authToken, url, { ...form });
}
