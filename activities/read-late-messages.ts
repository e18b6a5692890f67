import { log, sleep } from '@temporalio/activity';
import { type MessageStore } from '../src/database/message-store';
import { type OutcomeCorrector } from '../src/database/outcome-corrector';
import { type LateAttempt, type LateMessage, type SweepStore } from '../src/database/sweep-store';
import { type MessageSid } from '../src/domain/sid';
import { type TwilioGateway } from '../src/twilio/gateway';
import { TwilioError } from '../src/twilio/twilio-error';
import { inLanes } from './in-lanes';
import { isAboutThisMessage } from './is-about-this-message';
import { readAttempt, type ReadAttemptsDependencies, type ReadTally } from './read-attempts';

export interface ReadLateMessagesDependencies extends ReadAttemptsDependencies {
  readonly gateway: ReadAttemptsDependencies['gateway'] & Pick<TwilioGateway, 'findMessage'>;
  readonly messages: Pick<MessageStore, 'recordSeen'>;
  readonly sweep: Pick<SweepStore, 'lateMessages' | 'recordLateReads'>;
  readonly correctOutcome: OutcomeCorrector;
}

/**
 * Asks Twilio once more about messages that have ended while something was undecided. Where nobody knows whether Twilio has
 * the message, it is looked for by its key first. The outcome is corrected here by what is known then, and by the relay as after any late receipt.
 * @param limit messages at most.
 */
export async function readLateMessages(
  deps: ReadLateMessagesDependencies,
  limit: number,
  tally: ReadTally,
): Promise<void> {
  const { correctOutcome, pollPace, sweep } = deps;
  const done: LateMessage[] = [];
  try {
    // The pace is that of the requests: a message may need several.
    await inLanes(await sweep.lateMessages(limit), { lanes: pollPace.lanes, everyMs: 0 }, async (message) => {
      for (const attempt of message.attempts) {
        await readLateAttempt(deps, message.messageId, attempt, tally);
      }
      await correctOutcome(message.messageId);
      done.push(message);
    });
  } finally {
    await sweep.recordLateReads(done);
  }
}

async function readLateAttempt(
  deps: ReadLateMessagesDependencies,
  messageId: string,
  attempt: LateAttempt,
  tally: ReadTally,
): Promise<void> {
  const { conversationSid } = attempt;
  const messageSid = attempt.messageSid ?? (await atPace(deps, () => find(deps, messageId, attempt)));
  if (messageSid !== undefined) {
    await atPace(deps, () => readAttempt(deps, { conversationSid, messageSid }, tally));
  }
}

async function atPace<Result>(
  { pollPace }: ReadLateMessagesDependencies,
  request: () => Promise<Result>,
): Promise<Result> {
  const [result] = await Promise.all([request(), sleep(pollPace.everyMs)]);
  return result;
}

/** The message of an attempt whose create nobody has seen answered; its SID is stored when it is found. */
async function find(
  { gateway, messages, optOutCodes }: ReadLateMessagesDependencies,
  messageId: string,
  { attempt, conversationSid, startedAt }: LateAttempt,
): Promise<MessageSid | undefined> {
  try {
    const messageSid = await gateway.findMessage(conversationSid, { messageId, attempt }, new Date(startedAt));
    if (messageSid !== undefined) {
      await messages.recordSeen([{ messageId, attempt, conversationSid, messageSid }]);
    }
    return messageSid;
  } catch (error) {
    if (!isAboutThisMessage(error, optOutCodes) && !isGivenUp(error)) {
      throw error;
    }
    log.warn('a message whose create was not answered could not be looked for', { messageId, attempt });
    return undefined;
  }
}

/** So much was said in the conversation since then that the search was given up. */
function isGivenUp(error: unknown): boolean {
  return error instanceof TwilioError && error.fault === 'ambiguous';
}
