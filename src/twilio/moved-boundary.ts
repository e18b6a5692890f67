/** Twilio writes the names of fields in words with capitals, such as `MessagingBinding.Address`. */
const NAME = /^\p{Lu}/u;
const NEW_WORD = /^[\p{Lu}._]/u;

/**
 * Finds a field that cannot be Twilio's: where the end of a name was moved into its value, or the other way round.
 * The signature covers names and values joined without anything between, so `ErrorCode=30003` and `ErrorCode3=0003` are
 * signed alike, and somebody with an old signed request could make another receipt of it.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 * @param known the names that matter.
 */
export function hasMovedBoundary(names: readonly string[], known: ReadonlySet<string>): boolean {
  return names.some((name) => !known.has(name) && (!NAME.test(name) || extendsOneOf(known, name)));
}

/** `StatusReason` would be a new field of Twilio's; `Statusdelivered` and `ErrorCode3` are not. */
function extendsOneOf(known: ReadonlySet<string>, name: string): boolean {
  return [...known].some((start) => name.startsWith(start) && !NEW_WORD.test(name.slice(start.length)));
}
