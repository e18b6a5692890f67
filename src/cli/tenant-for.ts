import { UsageError } from './usage-error';

/**
 * The tenant in whose name a command acts: the one that was given, otherwise the only one that the API knows.
 * @throws UsageError when that leaves a choice.
 */
export function tenantFor(given: string | undefined, known: readonly string[]): string {
  const [only, another] = known;
  if (given !== undefined) {
    return given;
  }
  if (only === undefined || another !== undefined) {
    const why = only === undefined ? 'POSTHORN_API_KEYS names none' : `POSTHORN_API_KEYS names ${known.join(', ')}`;
    throw new UsageError(`In whose name? ${why}: give --tenant <name>.`);
  }
  return only;
}
