import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * Refuses a file that is not the one that was pinned.
 *
 * @throws Error with both SHA-256 sums.
 */
export async function assertSha256(path: string, expectedSha256: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const actualSha256 = hash.digest('hex');
  if (actualSha256 !== expectedSha256) {
    throw new Error(`refused, because its SHA-256 is ${actualSha256} and not the pinned ${expectedSha256}`);
  }
}
