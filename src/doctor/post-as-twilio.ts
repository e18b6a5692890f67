import { randomBytes } from 'node:crypto';
import { signForm } from '../twilio/sign-form';
import { type SelfTest } from './doctor-context';

/** As long as Twilio waits for the answer of a webhook, in milliseconds. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * Posts a form as Twilio posts its webhooks. What has no token is signed with a new one, which nobody knows.
 * @returns the HTTP status; redirects are not followed.
 */
export async function postAsTwilio({ authToken, form, url }: SelfTest): Promise<number> {
  const signature = signForm(authToken ?? randomBytes(16).toString('hex'), url, form);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'X-Twilio-Signature': signature },
    body: new URLSearchParams(form),
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch((error: unknown) => {
    throw new Error(reasonOf(error), { cause: error });
  });
  await response.body?.cancel();
  return response.status;
}

/** Node says only "fetch failed"; the cause has the code of the network's error. */
function reasonOf(error: unknown): string {
  const { cause, message } = error instanceof Error ? error : new Error(String(error));
  const code = typeof cause === 'object' && cause !== null ? (Reflect.get(cause, 'code') as unknown) : undefined;
  return typeof code === 'string' ? code : message;
}
