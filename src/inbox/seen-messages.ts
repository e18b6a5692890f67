import { type InboxStore } from '../database/inbox-store';
import { type MessageStore, type SeenMessage } from '../database/message-store';
import { type OutcomeCorrector } from '../database/outcome-corrector';
import { type Logger } from '../telemetry/logger';

/**
 * The messages of ours that `onMessageAdded` told of. Where one had ended as ambiguous, its outcome is corrected. Almost always the create is answered too and its SID stored, so nothing is written
 * at once: what a receipt shows to be known is forgotten, and the rest is stored a little later, all in one statement.
 * It is a second way to learn a SID: what a crash of this process takes with it, the next try of the send looks for at Twilio.
 */
export interface SeenMessages {
  /** Costs the caller no wait, and throws nothing. */
  note(seen: SeenMessage): void;
  /** The inbox, watched for receipts whose attempt is known. */
  watch<Inbox extends Pick<InboxStore, 'store'>>(inbox: Inbox): Inbox;
  /** Resolves when what was noted is stored, or cannot be. */
  stop(): Promise<void>;
}

export interface SeenMessagesDependencies {
  readonly messages: Pick<MessageStore, 'recordSeen'>;
  readonly correctOutcome: OutcomeCorrector;
  readonly logger: Logger;
}

export interface SeenMessagesOptions {
  /** Milliseconds that the answer to the create, and a first receipt, have to come; a try that is repeated looks for longer. */
  readonly graceMs: number;
  /** Messages in memory; beyond it the oldest are dropped. */
  readonly mostKept: number;
}

export const DEFAULT_SEEN_MESSAGES_OPTIONS: SeenMessagesOptions = { graceMs: 3_000, mostKept: 10_000 };

/** What was noted, when: milliseconds of a clock that only goes forward. */
interface Noted {
  readonly seen: SeenMessage;
  readonly at: number;
}

export function createSeenMessages(
  { messages, correctOutcome, logger }: SeenMessagesDependencies,
  { graceMs, mostKept }: SeenMessagesOptions = DEFAULT_SEEN_MESSAGES_OPTIONS,
): SeenMessages {
  const noted = new Map<string, Noted>();
  let timer: NodeJS.Timeout | undefined;
  let storing: Promise<void> = Promise.resolve();

  const storeUntil = async (latest: number): Promise<void> => {
    const due = [...noted.values()].filter(({ at }) => at <= latest).map(({ seen }) => seen);
    try {
      const ended = await messages.recordSeen(due);
      due.forEach(({ messageSid }) => noted.delete(messageSid));
      // Should that fail, the sweep does it with its next late read.
      for (const messageId of ended) {
        await correctOutcome(messageId);
      }
    } catch (error) {
      logger.warn({ err: error, messages: due.length }, 'messages that were seen at Twilio could not be stored');
    }
  };
  const wake = (): void => {
    timer ??= setTimeout(() => {
      storing = storeUntil(performance.now() - graceMs).finally(() => {
        timer = undefined;
        if (noted.size > 0) {
          wake();
        }
      });
    }, graceMs);
  };

  return {
    note(seen) {
      const [oldest] = noted.keys();
      if (oldest !== undefined && noted.size >= mostKept) {
        noted.delete(oldest);
      }
      noted.set(seen.messageSid, { seen, at: performance.now() });
      wake();
    },
    watch: (inbox) => ({
      ...inbox,
      store: async (receipt) => {
        const stored = await inbox.store(receipt);
        if (stored.match !== undefined) {
          noted.delete(receipt.messageSid);
        }
        return stored;
      },
    }),
    async stop() {
      clearTimeout(timer);
      await storing;
      clearTimeout(timer);
      await storeUntil(Infinity);
    },
  };
}
