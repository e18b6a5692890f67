/** A callback that a statement has just written, together with the change that it tells of. */
export interface WrittenCallback {
  readonly callbackId: string;
  readonly tenant: string;
  readonly messageId: string;
}

/**
 * Gets going the telling of callbacks that were just written. It never throws, and what it cannot do the sweep does later:
 * the change that they tell of is on disk and must not look failed.
 */
export type AnnounceCallbacks = (written: readonly WrittenCallback[]) => Promise<void>;

/** What a statement answers, and the callbacks that it wrote. */
export interface WithCallbacks<Result> {
  readonly result: Result;
  readonly callbacks: readonly WrittenCallback[];
}

/** For processes that tell nobody themselves: the sweep does. */
export const leaveToSweep: AnnounceCallbacks = () => Promise.resolve();

/** Announces the callbacks of a statement, if there are any, and gives its answer. */
export async function announced<Result>(
  announce: AnnounceCallbacks,
  statement: Promise<WithCallbacks<Result>>,
): Promise<Result> {
  const { callbacks, result } = await statement;
  if (callbacks.length > 0) {
    await announce(callbacks);
  }
  return result;
}
