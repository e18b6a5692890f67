import { type IncomingReceipt } from '../database/inbox-store';
import { type ReadText } from '../domain/opt-out-word';
import { type Logger } from '../telemetry/logger';
import { type DeferredReceipt, type DeferredWord } from '../../workflows/contract';
import { type DeferredInbox } from '../temporal/deferred-inbox';
import { type AcceptInbound, type InboundText, ledgerWordOf } from './accept-inbound';
import { type AcceptedReceipt, type AcceptReceipt } from './accept-receipt';
import { onCallReplyOf } from './on-call-replies';
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

/** Takes inbound messages as `acceptInbound` does; while Postgres is away Temporal keeps those that ledger, task or WhatsApp's window have to hear of, without their text. */
export function deferringInbound(
  acceptInbound: AcceptInbound,
  deps: DeferringDependencies & { readonly readText: ReadText },
): AcceptInbound {
  return orLater(acceptInbound, {
    logger: deps.logger,
    later: async (inbound) => {
      const reply = onCallReplyOf(inbound);
      const said =
        ledgerWordOf(inbound, deps.readText) ??
        (reply && ({ ...reply, word: 'acknowledge' } as const)) ??
        wordlessOf(inbound);
      if (said === undefined) {
        return 'no_word';
      }
      await deps.deferred.keepWord(said);
      return 'kept_for_later';
    },
  });
}

/** A message without a word, which opens the window of its channel. */
function wordlessOf({ at, channel, evidence, from, writtenTo }: InboundText): DeferredWord | undefined {
  return channel === 'whatsapp' ? { word: 'none', from, writtenTo, at, evidence } : undefined;
}

function withoutUnknownFields(receipt: IncomingReceipt): DeferredReceipt {
  const known: { unknownFields?: unknown } & DeferredReceipt = { ...receipt };
  delete known.unknownFields;
  return known;
}
