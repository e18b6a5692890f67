import { openKeyIds } from '../../temporal/open-key-ids';
import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** The keys for what travels through Temporal, against what open workflows were encrypted with. */
export const encryption = defineCheck({
  name: 'encryption',
  after: ['temporal-namespace'],
  needs: ['POSTHORN_ENCRYPTION_KEYS', 'TEMPORAL_ADDRESS'],
  run: async ({ settings, temporal }) => {
    const keys = settings.POSTHORN_ENCRYPTION_KEYS;
    const used = await temporal(openKeyIds);
    const unknown = used.filter((keyId) => !keys.some((key) => key.keyId === keyId));
    if (unknown.length > 0) {
      return red({
        what: `Open workflows were encrypted with a key that is not configured: ${unknown.join(', ')}.`,
        why: 'A worker without the key cannot go on with them.',
        remedy: 'Add the key to POSTHORN_ENCRYPTION_KEYS, after the first one, for every process.',
      });
    }
    return keys[0] === undefined
      ? yellow({
          what: 'POSTHORN_ENCRYPTION_KEYS is not set: addresses and texts can be read in Temporal.',
          why: 'Whoever may look into the namespace sees whom you write to, and what.',
          remedy: 'Make a key with openssl rand -base64 32 and set POSTHORN_ENCRYPTION_KEYS=first:<key> everywhere.',
        })
      : green(`What travels through Temporal is encrypted, with the key ${keys[0].keyId}.`);
  },
});
