import { type ReachChannel } from './channel';
import { type Addressed, chooseSender, type Senders } from './sender';

/** Which sender of a pool a recipient knows, by the conversation that they have. */
export interface KnownSenders {
  /** The first of the pool that the recipient (E.164) has a conversation with; undefined when there is none. */
  keptSender(recipient: string, channel: ReachChannel, pool: readonly string[]): Promise<string | undefined>;
}

export interface KeptSenderDependencies {
  readonly senders: Senders;
  readonly conversations: KnownSenders;
}

/**
 * The sender that a message will come from, as the send chooses it; asks the database only where a pool has a choice.
 * @throws MissingSenderError when there is none.
 */
export async function keptSender(
  { conversations, senders }: KeptSenderDependencies,
  addressed: Addressed & { readonly to: string },
): Promise<string> {
  const { pool, sender } = chooseSender(addressed, senders);
  return pool === undefined
    ? sender
    : ((await conversations.keptSender(addressed.to, addressed.channel, pool)) ?? sender);
}
