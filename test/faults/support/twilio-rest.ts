import { type Deployment } from '../../end-to-end/support/deployment';

/** Somebody else who uses the same Twilio account. */
export interface TwilioRest {
  /** @returns the SID of what was made or changed. @throws Error with the refusal */
  post(path: string, form: Readonly<Record<string, string>>): Promise<string>;
  delete(path: string): Promise<void>;
}

/** Calls below the deployment's conversation service. */
export function createTwilioRest({ credentials: { twilio }, simulator }: Deployment): TwilioRest {
  const authorization = `Basic ${Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64')}`;
  const request = async (method: string, path: string, body?: URLSearchParams): Promise<Response> => {
    const answer = await fetch(`${simulator.url}/v1/Services/${twilio.serviceSid}${path}`, {
      method,
      headers: { authorization },
      ...(body === undefined ? {} : { body }),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${path} was refused with ${answer.status}: ${await answer.text()}`);
    }
    return answer;
  };
  return {
    post: async (path, form) => {
      const answer = await request('POST', path, new URLSearchParams(form));
      return ((await answer.json()) as { readonly sid: string }).sid;
    },
    delete: async (path) => {
      await request('DELETE', path);
    },
  };
}
