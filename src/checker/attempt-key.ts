import { z } from 'zod';

/** What a message at Twilio was sent for. */
export interface AttemptKey {
  readonly messageId: string;
  readonly attempt: number;
}

const keySchema = z.object({ posthorn: z.object({ messageId: z.string().min(1), attempt: z.int().min(1) }) });

const querySchema = z.object({ messageId: z.string().min(1), attempt: z.string().regex(/^\d+$/).transform(Number) });

/** Reads the key from the query of a call's callback URL; undefined when there is none. */
export function attemptKeyOfQuery(query: string | null): AttemptKey | undefined {
  return querySchema.safeParse(Object.fromEntries(new URLSearchParams(query ?? ''))).data;
}

/** Reads the key from a message's Attributes; undefined when there is none, as in messages of somebody else. */
export function attemptKeyOf(attributes: string): AttemptKey | undefined {
  try {
    return keySchema.safeParse(JSON.parse(attributes)).data?.posthorn;
  } catch {
    return undefined;
  }
}
