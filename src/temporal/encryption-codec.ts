import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Payload, type PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { type EncryptionKey } from '../config/encryption-keys';

const { Payload: PayloadMessage } = temporal.api.common.v1;

const ENCODING = 'binary/encrypted';
const CIPHER = 'aes-256-gcm';
/** Bytes of a GCM nonce and of its tag. Source: NIST SP 800-38D, sections 5.2.1.1 and 5.2.1.2. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A payload was encrypted with a key that is not configured. */
export class UnknownEncryptionKeyError extends Error {
  override readonly name = 'UnknownEncryptionKeyError';

  constructor(keyId: string) {
    super(`a payload was encrypted with the key "${keyId}": add it to POSTHORN_ENCRYPTION_KEYS, after the first one`);
  }
}

/**
 * Encrypts what travels through Temporal with AES-256-GCM. The first key encrypts, all decrypt; payloads that came
 * before a key was configured are read as they are. The key's name stands in the metadata, so keys can be rotated.
 */
export function createEncryptionCodec(keys: readonly [EncryptionKey, ...EncryptionKey[]]): PayloadCodec {
  const [current] = keys;
  const keyFor = (keyId: string): EncryptionKey => {
    const key = keys.find((candidate) => candidate.keyId === keyId);
    if (key === undefined) {
      throw new UnknownEncryptionKeyError(keyId);
    }
    return key;
  };
  return {
    encode: (payloads) => Promise.resolve(payloads.map((payload) => encrypt(payload, current))),
    decode: async (payloads) => await Promise.resolve(payloads.map((payload) => decrypt(payload, keyFor))),
  };
}

function encrypt(payload: Payload, { keyId, key }: EncryptionKey): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const sealed = [cipher.update(PayloadMessage.encode(payload).finish()), cipher.final()];
  return {
    metadata: { encoding: Buffer.from(ENCODING), 'encryption-key-id': Buffer.from(keyId) },
    data: Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]),
  };
}

function decrypt(payload: Payload, keyFor: (keyId: string) => EncryptionKey): Payload {
  const { metadata, data } = payload;
  if (textOf(metadata?.['encoding']) !== ENCODING || !data) {
    return payload;
  }
  const { key } = keyFor(textOf(metadata?.['encryption-key-id']));
  const decipher = createDecipheriv(CIPHER, key, data.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(data.subarray(data.length - TAG_BYTES));
  const opened = [decipher.update(data.subarray(NONCE_BYTES, data.length - TAG_BYTES)), decipher.final()];
  return PayloadMessage.decode(Buffer.concat(opened));
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}
