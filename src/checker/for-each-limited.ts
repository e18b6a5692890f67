/** Works on the items in their order, on so many at once at most. @throws what `work` throws first */
export async function forEachLimited<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  // All of them take from the same iterator, so each item is worked on once.
  const workers = Array.from({ length: limit }, async () => {
    for (const item of rest) {
      await work(item);
    }
  });
  await Promise.all(workers);
}
