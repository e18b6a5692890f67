/**
 * What an error code of Twilio means for the message.
 * - `retry`: may pass; the same message on the same channel later.
 * - `limit`: slow down, then the same message again.
 * - `recipient`: permanent for this person on this channel.
 * - `message`: permanent for this content.
 * - `opt_out`: the recipient does not want it.
 * - `config`: trouble with account or sender; a person has to mend it.
 * - `unknown`: a code that the catalogue does not have: no automatic retry, no opt-out, shown.
 */
export const ERROR_CLASSES = ['retry', 'limit', 'recipient', 'message', 'opt_out', 'config', 'unknown'] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];
