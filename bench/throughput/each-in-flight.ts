/** Works through all items, `inFlight` at a time: as soon as one is done the next is begun. Ends with the first failure. */
export async function eachInFlight<T>(
  items: readonly T[],
  inFlight: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const workOn = async (): Promise<void> => {
    for (const item of waiting) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, workOn));
}
