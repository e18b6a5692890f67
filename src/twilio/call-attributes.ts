import { z } from 'zod';
import { type CallNote } from './gateway';

/** The largest Attributes of a participant, in bytes. Source: https://www.twilio.com/docs/conversations/conversations-limits */
const LARGEST_BYTES = 4 * 1024;

/** Calls that are kept in the Attributes, the newest last. All calls are in posthorn's own tables. */
const MOST_CALLS = 20;

/** JSON objects only: whatever else somebody keeps there is theirs. */
const attributesSchema = z.looseObject({
  posthorn: z.looseObject({ calls: z.array(z.looseObject({ callSid: z.string() })).optional() }).optional(),
});

/**
 * The Attributes of a participant with a call noted under `posthorn`: `{"calls": [{"callSid", "messageId", "attempt"}], "applicationSid",
 * "conductorSid"}`. What others keep there stays as it is; of too many calls the oldest are left out.
 * @param attributes as they are: JSON text
 * @returns undefined when there is nothing to change, no room, or they are no JSON object.
 */
export function notedAttributes(attributes: string, note: CallNote): string | undefined {
  const known = parse(attributes);
  if (known === undefined) {
    return undefined;
  }
  const { applicationSid, attempt, callSid, conductorSid, messageId } = note;
  const earlier = known.posthorn?.calls ?? [];
  if (earlier.some((call) => call.callSid === callSid)) {
    return undefined;
  }
  const beside = {
    ...(applicationSid === undefined ? {} : { applicationSid }),
    ...(conductorSid === undefined ? {} : { conductorSid }),
  };
  const calls = [...earlier, { callSid, messageId, attempt }].slice(-MOST_CALLS);
  for (let first = 0; first < calls.length; first += 1) {
    const posthorn = { ...known.posthorn, ...beside, calls: calls.slice(first) };
    const text = JSON.stringify({ ...known, posthorn });
    if (Buffer.byteLength(text) <= LARGEST_BYTES) {
      return text;
    }
  }
  return undefined;
}

function parse(attributes: string): z.output<typeof attributesSchema> | undefined {
  try {
    return attributesSchema.safeParse(JSON.parse(attributes)).data;
  } catch {
    return undefined;
  }
}
