import { type DataConverter } from '@temporalio/common';
import { type EncryptionKey } from '../config/encryption-keys';
import { createEncryptionCodec } from './encryption-codec';

/**
 * How values travel through Temporal: as JSON, encrypted when a key is configured.
 * Messages of failures stay readable: posthorn puts neither addresses nor texts into them.
 */
export function createDataConverter([first, ...others]: readonly EncryptionKey[]): DataConverter {
  return first === undefined ? {} : { payloadCodecs: [createEncryptionCodec([first, ...others])] };
}
