import { isSupportedCountry } from 'libphonenumber-js/max';
import { type ReachChannel, REACH_CHANNELS } from '../domain/channel';
import { type SenderPool } from '../domain/sender';
import { describeStray } from '../domain/sid';
import { readSender } from './senders';

const EXAMPLE = 'sms:US=+12025550100,+12025550101;whatsapp:*=+12025550102';

/**
 * Reads POSTHORN_SENDERS: pools separated by semicolons, each a channel, a country or `*` for all others, and senders separated by commas.
 * @throws Error that says which pool is wrong and how to write it; no number is repeated.
 */
export function readSenderPools(text: string): SenderPool[] {
  const pools = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readPool);
  const names = pools.map(nameOf);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new Error(`has the pool ${repeated} more than once: write all of its senders into one, separated by commas`);
  }
  return pools;
}

/** A pool as the variable writes it, such as `sms:US`. */
export function nameOf({ channel, country = '*' }: Pick<SenderPool, 'channel' | 'country'>): string {
  return `${channel}:${country}`;
}

function readPool(text: string): SenderPool {
  const [, channelText = '', countryText = '', list = ''] =
    /^([a-z]+)\s*:\s*([A-Za-z]{2}|\*)\s*=(.*)$/s.exec(text) ?? [];
  const channel = REACH_CHANNELS.find((known) => known === channelText);
  if (channel === undefined) {
    const stray = describeStray(text, `a pool is written like ${EXAMPLE}`);
    throw new Error(
      stray ??
        `has a pool that does not begin with a channel (${REACH_CHANNELS.join(', ')}), a colon, a country or * and =: write it like ${EXAMPLE}`,
    );
  }
  const country = countryText.toUpperCase();
  const pool = { channel, ...(country === '*' ? {} : { country }) };
  if (country !== '*' && !isSupportedCountry(country)) {
    throw new Error(
      `names a country in the pool ${nameOf(pool)} that does not exist: give its two letters of ISO 3166-1, such as US, or *`,
    );
  }
  return { ...pool, senders: readSenders(list, channel, nameOf(pool)) };
}

function readSenders(list: string, channel: ReachChannel, pool: string): string[] {
  const read = readSender(channel);
  const senders = list.split(',').map((entry, index) => {
    try {
      return read(entry.trim());
    } catch (error) {
      throw new Error(`has a sender in the pool ${pool} (number ${index + 1}) that ${(error as Error).message}`, {
        cause: error,
      });
    }
  });
  const repeated = senders.findIndex((sender, index) => senders.indexOf(sender) !== index);
  if (repeated !== -1) {
    throw new Error(`has sender number ${repeated + 1} of the pool ${pool} twice: give each sender once`);
  }
  return senders;
}
