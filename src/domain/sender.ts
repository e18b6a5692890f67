import { createHash } from 'node:crypto';
import { countryOf } from './address';
import { type ReachChannel } from './channel';

/** Senders of one channel that share the recipients of a country. */
export interface SenderPool {
  readonly channel: ReachChannel;
  /** ISO 3166-1 alpha-2; absent: every country that has no pool of its own. */
  readonly country?: string;
  /** E.164, at least one. */
  readonly senders: readonly string[];
}

/** The configured senders, E.164: one for each channel, and pools, which come before it. */
export type Senders = Readonly<Partial<Record<ReachChannel, string | undefined>>> & {
  readonly pools?: readonly SenderPool[];
};

/** What the choice of a sender depends on. */
export interface Addressed {
  readonly channel: ReachChannel;
  /** The sender that the request names. */
  readonly from?: string | undefined;
  /** The recipient, E.164; absent while nobody knows whom of a conversation a step will be for. */
  readonly to?: string | undefined;
}

/** A sender; and where its pool has others the whole pool, in the order of choice: the recipient may know another one already. */
export interface ChosenSender {
  readonly sender: string;
  readonly pool?: readonly string[];
}

/** The environment variable with the sender of each channel. */
const SENDER_VARIABLES: Readonly<Record<ReachChannel, string>> = {
  sms: 'TWILIO_FROM',
  whatsapp: 'TWILIO_WHATSAPP_FROM',
  voice: 'TWILIO_VOICE_FROM',
};

/** Neither the message nor the configuration names a sender. */
export class MissingSenderError extends Error {
  override readonly name = 'MissingSenderError';

  constructor(channel: ReachChannel) {
    super(
      `no sender is known for ${channel}: give from, or set ${SENDER_VARIABLES[channel]} or a pool ${channel}:* in POSTHORN_SENDERS`,
    );
  }
}

/**
 * The sender of a message or a call: the one that the request names, else one of the pool for the recipient's country, else the one that is
 * configured for its channel. Of a pool the same recipient always gets the same sender; when the pool changes, only those recipients get
 * another one whose sender is gone, and a fair share of all for a sender that is new.
 * @throws MissingSenderError when there is none.
 */
export function chooseSender({ channel, from, to }: Addressed, senders: Senders): ChosenSender {
  if (from !== undefined) {
    return { sender: from };
  }
  const pool = inOrderOfChoice(poolFor(channel, to, senders.pools ?? []), to ?? '');
  const sender = pool[0] ?? senders[channel];
  if (sender === undefined) {
    throw new MissingSenderError(channel);
  }
  return pool.length > 1 ? { sender, pool } : { sender };
}

/** Without a recipient any pool of the channel will do. */
function poolFor(channel: ReachChannel, to: string | undefined, pools: readonly SenderPool[]): readonly string[] {
  const ofChannel = pools.filter((pool) => pool.channel === channel);
  const country = to === undefined ? undefined : countryOf(to);
  const own = ofChannel.find((pool) => pool.country !== undefined && pool.country === country);
  const others = ofChannel.find((pool) => pool.country === undefined);
  return (own ?? others ?? (to === undefined ? ofChannel[0] : undefined))?.senders ?? [];
}

/** Rendezvous hashing: each sender draws a lot for the recipient, and the highest comes first. */
function inOrderOfChoice(pool: readonly string[], recipient: string): readonly string[] {
  const lotOf = (sender: string): string => createHash('sha256').update(`${recipient} ${sender}`).digest('hex');
  return pool
    .map((sender) => ({ sender, lot: lotOf(sender) }))
    .toSorted((a, b) => (a.lot < b.lot ? 1 : -1))
    .map(({ sender }) => sender);
}
