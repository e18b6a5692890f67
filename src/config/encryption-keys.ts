/** A key for AES-256-GCM with the name that is written beside what it encrypts. */
export interface EncryptionKey {
  readonly keyId: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

const AES_256_KEY_BYTES = 32;

/**
 * Reads one `keyId:base64` pair.
 * @throws Error that says what is wrong without repeating the key.
 */
export function readEncryptionKey(text: string): EncryptionKey {
  const [, keyId, base64] = /^([\w.-]{1,64}):([A-Za-z0-9+/_-]+={0,2})$/.exec(text) ?? [];
  if (keyId === undefined || base64 === undefined) {
    throw new Error(
      'is not keyId:key: write a name, a colon and 32 bytes in base64, such as from `openssl rand -base64 32`',
    );
  }
  const key = Buffer.from(base64, 'base64');
  if (key.length !== AES_256_KEY_BYTES) {
    throw new Error(`has a key of ${key.length} bytes: AES-256 takes 32, such as from \`openssl rand -base64 32\``);
  }
  return { keyId, key };
}

/** @throws Error when two keys have the same name: what one encrypted could not be told from the other. */
export function requireDistinctKeyIds(keys: readonly EncryptionKey[]): readonly EncryptionKey[] {
  const repeated = keys.find(({ keyId }, index) => keys.findIndex((other) => other.keyId === keyId) < index);
  if (repeated !== undefined) {
    throw new Error(`names the key ${repeated.keyId} twice: give each key a name of its own`);
  }
  return keys;
}
