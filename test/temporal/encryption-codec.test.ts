import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { createEncryptionCodec, UnknownEncryptionKeyError } from '../../src/temporal/encryption-codec';

const key = (keyId: string) => ({ keyId, key: randomBytes(32) });
const payloadOf = (value: unknown) => defaultPayloadConverter.toPayload(value);
const SECRET = { to: '+12025550123', body: 'Your code is 4711' };

it('hides values and gives them back', async () => {
  const codec = createEncryptionCodec([key('2026')]);
  const [sealed] = await codec.encode([payloadOf(SECRET)]);
  expect(Buffer.from(sealed?.data ?? []).toString('latin1')).not.toMatch(/2025550123|4711/);
  expect(Buffer.from(sealed?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('2026');
  const [opened] = await codec.decode(sealed === undefined ? [] : [sealed]);
  expect(opened && defaultPayloadConverter.fromPayload(opened)).toEqual(SECRET);
});

it('never seals the same value the same way twice', async () => {
  const codec = createEncryptionCodec([key('2026')]);
  const sealed = await codec.encode([payloadOf(SECRET), payloadOf(SECRET)]);
  expect(sealed[0]?.data).not.toEqual(sealed[1]?.data);
});

it('opens with an older key after a rotation, and reads what was never encrypted', async () => {
  const [older, newer] = [key('2025'), key('2026')];
  const sealed = await createEncryptionCodec([older]).encode([payloadOf('old')]);
  const opened = await createEncryptionCodec([newer, older]).decode([...sealed, payloadOf('plain')]);
  expect(opened.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual(['old', 'plain']);
});

it('names the key that is missing', async () => {
  const sealed = await createEncryptionCodec([key('2025')]).encode([payloadOf('old')]);
  const opening = createEncryptionCodec([key('2026')]).decode(sealed);
  await expect(opening).rejects.toBeInstanceOf(UnknownEncryptionKeyError);
  await expect(opening).rejects.toThrow(/"2025".*POSTHORN_ENCRYPTION_KEYS/);
});

it('refuses what was changed on its way', async () => {
  const codec = createEncryptionCodec([key('2026')]);
  const [sealed] = await codec.encode([payloadOf(SECRET)]);
  const data = Buffer.from(sealed?.data ?? []);
  data[20] = (data[20] ?? 0) ^ 1;
  await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow();
});
