/** An API key and the tenant that it speaks for. A tenant may have several, so that keys can be changed without a gap. */
export interface TenantKey {
  readonly tenant: string;
  readonly key: string;
}

/**
 * Reads one `tenant:key` pair.
 * @throws Error that says what is wrong without repeating the key.
 */
export function readTenantKey(text: string): TenantKey {
  const [, tenant, key] = /^([A-Za-z0-9][\w.-]{0,63}):([\x21-\x7e]+)$/.exec(text) ?? [];
  if (tenant === undefined || key === undefined) {
    throw new Error(
      'is not tenant:key: write the tenant (letters, digits, dot, dash, underscore; at most 64), a colon and the key without blanks',
    );
  }
  return { tenant, key };
}

/** @throws Error when two tenants have the same key: nobody could tell whose request it is. */
export function requireDistinctKeys(tenantKeys: readonly TenantKey[]): readonly TenantKey[] {
  const isTaken = (tenantKey: TenantKey, index: number): boolean =>
    tenantKeys.findIndex(({ key }) => key === tenantKey.key) < index;
  const repeated = tenantKeys.find(isTaken);
  if (repeated !== undefined) {
    throw new Error(`gives ${repeated.tenant} a key that is in the list already: make a key for each tenant`);
  }
  return tenantKeys;
}
