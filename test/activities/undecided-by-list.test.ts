import { MockActivityEnvironment } from '@temporalio/testing';
import { undecidedByList } from '../../activities/undecided-by-list';
import { type QuietAttempt } from '../../src/database/sweep-store';
import { type ConversationSid, type MessageSid } from '../../src/domain/sid';
import { TwilioError } from '../../src/twilio/twilio-error';
import { newSid } from '../support/database-fixtures';

const inConversation = (conversationSid: ConversationSid, count: number): QuietAttempt[] =>
  Array.from({ length: count }, () => ({ conversationSid, messageSid: newSid('IM') }));

/** @returns which conversations were listed, and what came of it. */
async function ask(attempts: readonly QuietAttempt[], answer: () => Promise<ReadonlySet<MessageSid>>) {
  const listed: ConversationSid[] = [];
  const gateway = {
    undecidedMessages: (conversationSid: ConversationSid) => {
      listed.push(conversationSid);
      return answer();
    },
  };
  const pace = { lanes: 2, everyMs: 0 };
  const undecided = await new MockActivityEnvironment().run(
    async (): Promise<ReadonlySet<MessageSid>> => await undecidedByList(gateway, attempts, pace),
  );
  return { listed, undecided };
}

it('lists a conversation that has three quiet attempts, and none that has two', async () => {
  const busy = newSid('CH');
  const attempts = [...inConversation(newSid('CH'), 2), ...inConversation(busy, 3)];
  const undecided = new Set(attempts.slice(3).map(({ messageSid }) => messageSid));
  await expect(ask(attempts, () => Promise.resolve(undecided))).resolves.toEqual({ listed: [busy], undecided });
});

it('leaves a conversation that is gone to the reads', async () => {
  const gone = new TwilioError({ fault: 'refused', operation: 'list messages', status: 404 });
  const { undecided } = await ask(inConversation(newSid('CH'), 3), () => Promise.reject(gone));
  expect(undecided.size).toBe(0);
});

it('fails when Twilio is out of reach', async () => {
  const away = new TwilioError({ fault: 'unreachable', operation: 'list messages' });
  await expect(ask(inConversation(newSid('CH'), 3), () => Promise.reject(away))).rejects.toBe(away);
});
