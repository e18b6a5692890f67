/** Characters of a reason at most, wherever it comes from. */
export const LONGEST_REASON = 500;
