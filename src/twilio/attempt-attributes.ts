import { z } from 'zod';
import { type AttemptKey } from './gateway';

const attributesSchema = z.object({
  posthorn: z.object({ messageId: z.string().min(1), attempt: z.number().int().positive() }),
});

/** The Attributes of a Twilio message that carry the key of its attempt: JSON with one property, `posthorn`. */
export function attemptAttributes({ messageId, attempt }: AttemptKey): string {
  return JSON.stringify({ posthorn: { messageId, attempt } });
}

/** The attempt that a Twilio message belongs to; undefined when its Attributes have no key of ours, or are no JSON. */
export function readAttemptKey(attributes: string): AttemptKey | undefined {
  let json: unknown;
  try {
    json = JSON.parse(attributes);
  } catch {
    return undefined;
  }
  const result = attributesSchema.safeParse(json);
  return result.success ? result.data.posthorn : undefined;
}
