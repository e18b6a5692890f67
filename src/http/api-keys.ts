import { createHash, timingSafeEqual } from 'node:crypto';
import { type TenantKey } from '../config/tenant-keys';

/** Finds the tenant of an API key; undefined when nobody has it. */
export type FindTenant = (apiKey: string) => string | undefined;

/**
 * Keeps the keys as hashes of equal length and compares with each of them to the end,
 * so that the time of an answer tells nothing about a key.
 */
export function createTenantFinder(tenantKeys: readonly TenantKey[]): FindTenant {
  const known = tenantKeys.map(({ tenant, key }) => ({ tenant, digest: digestOf(key) }));
  return (apiKey) => {
    const digest = digestOf(apiKey);
    const matches = known.filter((candidate) => timingSafeEqual(candidate.digest, digest));
    return matches[0]?.tenant;
  };
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
