/** Temporal refuses a summary of more than 400 bytes, and a character can take four. */
const MAX_SUMMARY_CHARACTERS = 100;

/** A line for Temporal's UI, short enough to be taken. */
export function summary(line: string): { readonly summary: string } {
  return { summary: line.length <= MAX_SUMMARY_CHARACTERS ? line : `${line.slice(0, MAX_SUMMARY_CHARACTERS - 1)}…` };
}
