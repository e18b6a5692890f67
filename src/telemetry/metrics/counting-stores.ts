import { type InboxStore } from '../../database/inbox-store';
import { type MessageStore } from '../../database/message-store';
import { type OutcomeCorrector } from '../../database/outcome-corrector';
import { isReceiptStatus } from '../../domain/delivery-state';
import { classifyError } from '../../domain/error-catalogue';
import { type OptOutCode } from '../../domain/opt-out-code';
import { traceWord } from '../../domain/webhook-trace';
import { type Logger } from '../logger';
import { type ApiMetrics } from './api-metrics';
import { type SharedMetrics } from './shared-metrics';

/** The messages, with those counted that are accepted. */
export function countingAccepted<Messages extends Pick<MessageStore, 'accept'>>(
  messages: Messages,
  { accepted }: Pick<ApiMetrics, 'accepted'>,
): Messages {
  return {
    ...messages,
    accept: async (message) => {
      const acceptance = await messages.accept(message);
      if (acceptance.kind === 'accepted') {
        accepted.inc({ channel: message.request.channel, category: message.request.category });
      }
      return acceptance;
    },
  };
}

/** The corrector, with its corrections counted. */
export function countingCorrections(
  correctOutcome: OutcomeCorrector,
  { corrections }: Pick<SharedMetrics, 'corrections'>,
): OutcomeCorrector {
  return async (messageId) => {
    const correction = await correctOutcome(messageId);
    if (correction !== undefined) {
      corrections.inc({ was: correction.was.kind, is: correction.is.kind });
    }
    return correction;
  };
}

export interface CountingReceiptsOptions {
  readonly metrics: Pick<SharedMetrics, 'receipts' | 'unknownWords'>;
  /** Codes that are known by configuration. */
  readonly optOutCodes: readonly OptOutCode[];
  readonly logger: Logger;
}

/** The inbox, with new receipts counted. One with a status or an error code that posthorn does not know is logged too: it is kept as it came. */
export function countingReceipts<Inbox extends Pick<InboxStore, 'store'>>(
  inbox: Inbox,
  { metrics, optOutCodes, logger }: CountingReceiptsOptions,
): Inbox {
  return {
    ...inbox,
    store: async (receipt) => {
      const stored = await inbox.store(receipt);
      if (stored.isNew) {
        const { errorCode, messageSid, source, status } = receipt;
        const isKnown = isReceiptStatus(status);
        metrics.receipts.inc({ source, status: isKnown ? status : 'unknown' });
        if (!isKnown) {
          metrics.unknownWords.inc({ kind: 'status' });
          logger.warn({ messageSid, status: traceWord(status) }, 'a receipt has a status that posthorn does not know');
        }
        if (errorCode !== undefined && classifyError(errorCode, optOutCodes).errorClass === 'unknown') {
          metrics.unknownWords.inc({ kind: 'error_code' });
          logger.warn({ messageSid, errorCode }, 'a receipt has an error code that posthorn does not know');
        }
      }
      return stored;
    },
  };
}
