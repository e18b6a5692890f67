import { type IncomingReceipt } from '../database/inbox-store';
import { type Logger } from '../telemetry/logger';
import { type DeferredReceipt } from '../../workflows/contract';
import { type DeferredInbox } from '../temporal/deferred-inbox';
import { type AcceptInbound, ledgerWordOf } from './accept-inbound';
import { type AcceptedReceipt, type AcceptReceipt } from './accept-receipt';
import { orLater } from './or-later';

export interface DeferringDependencies {
  readonly deferred: DeferredInbox;
  readonly logger: Logger;
}

/** Takes receipts as `acceptReceipt` does; while Postgres is away Temporal keeps them. Then nobody knows whether they were told before. */
export function deferringReceipts(acceptReceipt: AcceptReceipt, deps: DeferringDependencies): AcceptReceipt {
  return orLater<IncomingReceipt, AcceptedReceipt>(acceptReceipt, {
    logger: deps.logger,
    later: async (receipt) => {
      await deps.deferred.keepReceipt(withoutUnknownFields(receipt));
      return 'kept_for_later';
    },
  });
}

/** Takes inbound messages as `acceptInbound` does; while Postgres is away Temporal keeps those that the ledger has to hear of, without their text. */
export function deferringInbound(acceptInbound: AcceptInbound, deps: DeferringDependencies): AcceptInbound {
  return orLater(acceptInbound, {
    logger: deps.logger,
    later: async (inbound) => {
      const word = ledgerWordOf(inbound);
      if (word === undefined) {
        return 'no_word';
      }
      const { at, channel, evidence, from, writtenTo } = inbound;
      await deps.deferred.keepWord({ at, channel, evidence, from, word, writtenTo });
      return 'kept_for_later';
    },
  });
}

function withoutUnknownFields(receipt: IncomingReceipt): DeferredReceipt {
  const known: { unknownFields?: unknown } & DeferredReceipt = { ...receipt };
  delete known.unknownFields;
  return known;
}
