import { translateError } from './translate-error';

/** Runs something that talks to the database; what it throws are our errors (`DatabaseError`), free of values. */
export async function withDatabaseErrors<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw translateError(error);
  }
}

/** A store whose methods, all of them asynchronous, throw our errors. Every `createXStore` ends with it. */
export function guardStore<Store extends object>(store: Store): Store {
  const guarded = Object.entries(store).map(([name, method]: [string, Method]) => [
    name,
    (...args: unknown[]) => withDatabaseErrors(() => method(...args)),
  ]);
  return Object.fromEntries(guarded) as Store;
}

type Method = (...args: unknown[]) => Promise<unknown>;
