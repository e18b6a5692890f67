const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;

/** The pause after the first try, by which factor each further one is longer, and the longest. */
const FIRST_DELAY_MS = 10 * SECOND_MS;
const FACTOR = 2;
export const LONGEST_DELAY_MS = 3 * HOUR_MS;

/** How long the last try may be after the first: a day. */
const SPAN_MS = 24 * HOUR_MS;

/** The pauses between the tries of a callback, in milliseconds: there is one try more than pauses. They add up to a day at most. */
export const CALLBACK_RETRY_DELAYS_MS: readonly number[] = retryDelaysMs();

function retryDelaysMs(): number[] {
  const delays: number[] = [];
  let sum = 0;
  for (let delay = FIRST_DELAY_MS; sum + delay <= SPAN_MS; delay = Math.min(delay * FACTOR, LONGEST_DELAY_MS)) {
    delays.push(delay);
    sum += delay;
  }
  return delays;
}
