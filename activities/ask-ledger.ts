import { type OptOutStore } from '../src/database/opt-out-store';
import { type ReachChannel } from '../src/domain/channel';
import { keptSender, type KeptSenderDependencies } from '../src/domain/kept-sender';
import { type Addressed, MissingSenderError } from '../src/domain/sender';
import { type DeliverMessageInput } from '../workflows/contract';

export interface AskLedgerInput {
  readonly message: DeliverMessageInput;
  /** What is to be sent next, or was sent last. Addresses are E.164. */
  readonly step: {
    readonly channel: ReachChannel;
    readonly recipient: string;
    /** Without it the one that is configured for the channel. */
    readonly sender?: string;
  };
}

export interface AskLedgerDependencies extends KeptSenderDependencies {
  readonly optOuts: Pick<OptOutStore, 'stopFor'>;
}

/** Says whether an opt-out covers a step of a message. */
export function createAskLedger(deps: AskLedgerDependencies) {
  return async function askLedger({ message: { request }, step }: AskLedgerInput): Promise<boolean> {
    const { answers, category } = request;
    const { channel, recipient, sender: from } = step;
    const sender = await senderOrNone(deps, { channel, to: recipient, from });
    // Without a sender nothing is sent anyway, and the send says so.
    if (sender === undefined) {
      return false;
    }
    const addressed = { recipient, sender, channel, category, ...(answers === undefined ? {} : { answers }) };
    return (await deps.optOuts.stopFor(addressed)) !== undefined;
  };
}

async function senderOrNone(
  deps: KeptSenderDependencies,
  addressed: Addressed & { readonly to: string },
): Promise<string | undefined> {
  try {
    return await keptSender(deps, addressed);
  } catch (error) {
    if (error instanceof MissingSenderError) {
      return undefined;
    }
    throw error;
  }
}
