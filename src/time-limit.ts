/**
 * Waits for `work`, but no longer than `limitMs` milliseconds. The work itself goes on after that.
 *
 * @throws Error with `message` when the time is up; what `work` throws otherwise.
 */
export async function withTimeLimit<T>(work: Promise<T>, limitMs: number, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message)), limitMs);
  });
  try {
    return await Promise.race([work, timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
}
