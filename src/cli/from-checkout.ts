/**
 * Loads a part that needs what only a checkout has: the packages for development, such as the embedded Postgres.
 * @param command whose part it is, for the error.
 * @throws Error that says so when it cannot be loaded.
 */
export async function fromCheckout<T>(command: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `posthorn ${command} runs from a checkout of posthorn: clone it, run npm ci, then npm run ${command}. (${reason})`,
      { cause: error },
    );
  }
}
