import { callTwilio } from './to-twilio-error';
import { TwilioError } from './twilio-error';

/** Reads something that may not be there. @returns undefined when Twilio answers 404. */
export async function orUndefined<T>(operation: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await callTwilio(operation, 'repeatable', read);
  } catch (error) {
    if (error instanceof TwilioError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}
