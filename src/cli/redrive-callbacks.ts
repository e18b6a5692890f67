import { type CallbackSelection, createCallbackStore } from '../database/callback-store';
import { createCallbackClient } from '../temporal/callback-client';
import { type Operator } from './with-operator';

/** Callbacks that are redriven and started together. */
const BATCH = 100;

/**
 * Tells all dead callbacks of a selection again.
 * @returns how many there were, and how many of them Temporal has taken; the sweep starts the rest.
 */
export async function redriveCallbacks(
  { client, knex }: Pick<Operator, 'client' | 'knex'>,
  selection: CallbackSelection & { readonly callbackId?: string },
): Promise<{ readonly redriven: number; readonly started: number }> {
  const callbacks = createCallbackStore(knex);
  const starts = createCallbackClient(client);
  let redriven = 0;
  let started = 0;
  for (;;) {
    const batch = await callbacks.redrive(selection, BATCH);
    const results = await Promise.allSettled(batch.map((callback) => starts.startCallback(callback)));
    redriven += batch.length;
    started += results.filter(({ status }) => status === 'fulfilled').length;
    if (batch.length < BATCH) {
      return { redriven, started };
    }
  }
}
