import { setTimeout as pause } from 'node:timers/promises';
import { type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes';

const { INDEXED_VALUE_TYPE_KEYWORD } = temporal.api.enums.v1.IndexedValueType;

/** How long a new search attribute may take to be known everywhere, and how often it is asked for, in milliseconds. */
const VISIBLE_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 200;

/** The names of posthorn's search attributes that the namespace does not have. */
export async function missingSearchAttributes(client: Client): Promise<string[]> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
    namespace: client.options.namespace,
  });
  return SEARCH_ATTRIBUTES.map(({ name }) => name).filter((name) => !Object.hasOwn(customAttributes, name));
}

/**
 * Adds what is missing, and waits until the server knows it. Can be run again at any time.
 * @returns the names that were added.
 */
export async function addSearchAttributes(client: Client): Promise<string[]> {
  const missing = await missingSearchAttributes(client);
  if (missing.length === 0) {
    return [];
  }
  await client.connection.operatorService.addSearchAttributes({
    namespace: client.options.namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])),
  });
  const deadline = Date.now() + VISIBLE_WITHIN_MS;
  while ((await missingSearchAttributes(client)).length > 0) {
    if (Date.now() > deadline) {
      throw new Error(
        `Temporal took the search attributes ${missing.join(', ')} but does not list them; run posthorn setup again.`,
      );
    }
    await pause(ASK_EVERY_MS);
  }
  return missing;
}
