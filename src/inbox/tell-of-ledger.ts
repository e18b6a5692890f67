import { type MessageStore } from '../database/message-store';
import { type OptOutStatement, type OptOutStore } from '../database/opt-out-store';
import { type MessageClient } from '../temporal/message-client';

/** Workflows that are told of one change. Should a recipient have more open messages, the check before each send sees to the rest. */
const MOST_TOLD = 1_000;

/** Signals under way at once for one change. */
const AT_ONCE = 20;

export interface TellOfLedgerDependencies {
  readonly messages: Pick<MessageStore, 'openTo'>;
  readonly client: Pick<MessageClient, 'tellOfLedger'>;
  /** Is given what went wrong. */
  readonly report: (error: unknown) => void;
}

/** Tells the open messages to some addresses (E.164) that somebody opted out. Never fails: before each send the ledger is read anyway. */
export type TellOfLedger = (addresses: readonly string[]) => Promise<void>;

export function createTellOfLedger({ client, messages, report }: TellOfLedgerDependencies): TellOfLedger {
  return async function tellOfLedger(addresses) {
    try {
      const open = await messages.openTo(addresses, MOST_TOLD);
      for (let first = 0; first < open.length; first += AT_ONCE) {
        const told = await Promise.allSettled(
          open.slice(first, first + AT_ONCE).map((one) => client.tellOfLedger(one)),
        );
        told
          .filter(({ status }) => status === 'rejected')
          .forEach((failure) => report((failure as PromiseRejectedResult).reason));
      }
    } catch (error) {
      report(error);
    }
  };
}

/**
 * The ledger, which tells open messages of every new STOP as soon as it is committed. An opt-out that Twilio's refusal of a message
 * revealed is left to the next sends: the refused message hears of it by its own receipt, which says more.
 */
export function tellingLedger(
  optOuts: OptOutStore,
  tell: (addresses: readonly string[]) => Promise<void> | void,
): OptOutStore {
  const tellOf = async (statements: readonly OptOutStatement[], isNew: boolean): Promise<void> => {
    const addresses = statements
      .filter(({ optedOut, source }) => optedOut && source !== 'receipt')
      .map(({ address }) => address);
    if (isNew && addresses.length > 0) {
      await tell([...new Set(addresses)]);
    }
  };
  return {
    ...optOuts,
    record: async (statement) => {
      const recorded = await optOuts.record(statement);
      await tellOf([statement], recorded.isNew);
      return recorded;
    },
    recordAll: async (statements) => {
      const recorded = await optOuts.recordAll(statements);
      await tellOf(statements, recorded.moved > 0);
      return recorded;
    },
  };
}
