import { createDeadLetterStore, type DeadLetterStore } from '../../src/database/dead-letter-store';
import { createInboxStore } from '../../src/database/inbox-store';
import { createMessageStore, type MessageStore, type NewMessage } from '../../src/database/message-store';
import { createOutcomeCorrector } from '../../src/database/outcome-corrector';
import { createSweepStore } from '../../src/database/sweep-store';
import { createTaskStore } from '../../src/database/task-store';
import { type Outcome } from '../../src/domain/outcome';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  ANY_TIME,
  newAttempt,
  newCreated,
  newMessage,
  newOutcome,
  newReceipt,
  omit,
} from '../support/database-fixtures';
import { nextMillisecond } from '../support/next-millisecond';

const DEAD: Outcome = newOutcome({
  kind: 'failed',
  errorCode: 20003,
  errorClass: 'config',
  dead: 'configuration',
  reason: 'error 20003: the login or its permissions were refused',
});

let clone: TestDatabase;
let messages: MessageStore;
let deadLetters: DeadLetterStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  deadLetters = createDeadLetterStore(clone.database);
});
afterAll(() => clone.drop());

/** A message that was accepted, attempted once and closed. */
async function ended(outcome: Outcome, overrides: Partial<NewMessage> = {}): Promise<NewMessage> {
  const message = newMessage(overrides);
  await messages.accept(message);
  await messages.beginAttempt(message, newAttempt());
  await close(message, outcome);
  return message;
}

const close = (message: NewMessage, outcome: Outcome): Promise<boolean> =>
  messages.recordOutcome({
    messageId: message.messageId,
    message,
    outcome,
    heardEventIds: [],
    attemptEnd: { number: outcome.attempt, result: { kind: 'refused', errorClass: 'config', reason: outcome.reason } },
  });

const redrive = ({ messageId }: NewMessage) => deadLetters.reopen({ messageId, by: 'ada' });
const show = ({ messageId, tenant }: NewMessage) => messages.find(tenant, messageId);
const kindsOf = async (message: NewMessage) => (await show(message))?.timeline.map(({ kind }) => kind);

describe('reopen', () => {
  it('opens a dead message under its id, keeps how it had ended, and says what to start', async () => {
    const message = await ended(DEAD);
    const { messageId, tenant } = message;
    await expect(deadLetters.reopen({ messageId, tenant, by: 'ada' })).resolves.toEqual({
      kind: 'reopened',
      start: { ...omit(message, 'workflowId'), redrive: 1 },
    });
    const shown = await show(message);
    expect(shown).toMatchObject({ status: 'sending', redrives: [{ number: 1, by: 'ada', was: DEAD, at: ANY_TIME }] });
    expect(shown?.outcome).toBeUndefined();
    expect(shown?.timeline.at(-1)).toMatchObject({
      kind: 'redriven',
      detail: { number: 1, by: 'ada', was: 'failed', afterAttempt: 1, errorCode: 20003 },
    });
  });

  it('of a hundred at once opens it once, and the others find it open', async () => {
    const message = await ended(DEAD);
    const answers = await Promise.all(Array.from({ length: 100 }, () => redrive(message)));
    expect(answers.filter(({ kind }) => kind === 'reopened')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'open_again')).toHaveLength(99);
    expect((await show(message))?.redrives).toHaveLength(1);
  });

  it('tells whether a workflow has touched the open message', async () => {
    const message = await ended(DEAD);
    await redrive(message);
    await expect(redrive(message)).resolves.toMatchObject({
      kind: 'open_again',
      isStarted: false,
      start: { redrive: 1 },
    });
    await deadLetters.takeUp(message.messageId, 1);
    await expect(redrive(message)).resolves.toMatchObject({ kind: 'open_again', isStarted: true });
  });

  it('counts when the message dies again', async () => {
    const message = await ended(DEAD);
    await redrive(message);
    await nextMillisecond(clone.database);
    await close({ ...message, redrive: 1 }, { ...DEAD, attempt: 2 });
    await expect(redrive(message)).resolves.toMatchObject({ kind: 'reopened', start: { redrive: 2 } });
    expect((await show(message))?.redrives.map(({ was }) => was.attempt)).toEqual([1, 2]);
    expect(await kindsOf(message)).toEqual([
      'accepted',
      'attempt_started',
      'attempt_ended',
      'closed',
      'redriven',
      'attempt_ended',
      'closed',
      'redriven',
    ]);
  });

  it('leaves what is not dead, not ended, unknown or of somebody else as it is', async () => {
    const delivered = await ended(newOutcome());
    await expect(redrive(delivered)).resolves.toMatchObject({ kind: 'not_dead', outcome: { kind: 'delivered' } });
    const open = newMessage();
    await messages.accept(open);
    await expect(redrive(open)).resolves.toEqual({ kind: 'in_first_run' });
    await expect(redrive(newMessage())).resolves.toEqual({ kind: 'unknown' });
    const { messageId } = await ended(DEAD);
    await expect(deadLetters.reopen({ messageId, tenant: 'globex', by: 'globex' })).resolves.toEqual({
      kind: 'unknown',
    });
  });

  it('and a late proof of delivery at once: either the message is corrected, or it is open and the run knows', async () => {
    for (let round = 0; round < 20; round += 1) {
      const message = newMessage();
      const created = newCreated();
      await messages.beginAttempt(message, newAttempt(), { opened: created as never });
      await messages.recordCreated(message.messageId, 1, created);
      await close(message, DEAD);
      await createInboxStore(clone.database).store(newReceipt(created));
      const correct = createOutcomeCorrector(clone.database, []);
      const [reopening] = await Promise.all([redrive(message), correct(message.messageId)]);
      const shown = await show(message);
      if (reopening.kind === 'reopened') {
        expect(shown).toMatchObject({ status: 'sending', corrections: [] });
        const taken = await deadLetters.takeUp(message.messageId, 1);
        expect(taken).toMatchObject({ events: [{ status: 'delivered', messageSid: created.messageSid }] });
      } else {
        expect(shown).toMatchObject({ outcome: { kind: 'delivered' }, redrives: [] });
      }
    }
  });
});

describe('between the row and the start', () => {
  it('the sweep finds the message, however old it is, and the same request again starts its redrive', async () => {
    const sweep = createSweepStore(clone.database);
    const message = await ended(DEAD);
    await redrive(message);
    const row = clone.database('messages').where({ message_id: message.messageId });
    await row.clone().update({ created_at: '2020-01-01' });
    const unstarted = async (pauseMs: number) =>
      (await sweep.unstartedMessages({ limit: 1000, pauseMs })).find(
        ({ messageId }) => messageId === message.messageId,
      );
    await expect(unstarted(60_000)).resolves.toBeUndefined();
    // After a look the pause is as long as the message has been open.
    await row.clone().update({ reopened_at: clone.database.raw("now() - interval '50 s'") });
    await expect(unstarted(0)).resolves.toMatchObject({ redrive: 1 });
    await sweep.recordStartChecked([message.messageId]);
    await expect(unstarted(0)).resolves.toBeUndefined();
    await clone.database.raw(
      `update messages set reopened_at = now() - interval '60 s', start_checked_at = now() - interval '40 s' where message_id = ?`,
      [message.messageId],
    );
    await expect(unstarted(0)).resolves.toMatchObject({ redrive: 1 });
    await expect(messages.accept(message)).resolves.toEqual({
      kind: 'replayed',
      status: 'sending',
      isStarted: false,
      redrive: 1,
    });
    await deadLetters.takeUp(message.messageId, 1);
    await expect(unstarted(0)).resolves.toBeUndefined();
  });
});

describe('an earlier life', () => {
  it('cannot close, send or start what was redriven', async () => {
    const message = await ended(DEAD);
    await redrive(message);
    await expect(close(message, DEAD)).resolves.toBe(false);
    await expect(messages.beginAttempt(message, newAttempt({ number: 2 }))).resolves.toMatchObject({ isClosed: true });
    expect(await show(message)).toMatchObject({ status: 'sending' });
    await expect(redrive(message)).resolves.toMatchObject({ kind: 'open_again', isStarted: false });
  });

  it('the run of the redrive can', async () => {
    const message = { ...(await ended(DEAD)), redrive: 1 };
    await redrive(message);
    const grant = await messages.beginAttempt(message, newAttempt({ number: 2 }));
    expect(grant.isClosed).toBeUndefined();
    await expect(close(message, newOutcome({ attempt: 2 }))).resolves.toBe(true);
    expect(await show(message)).toMatchObject({ status: 'closed', outcome: { kind: 'delivered', attempt: 2 } });
  });
});

describe('takeUp', () => {
  it('gives all attempts with what was told of them, and counts those that were refused before they were begun', async () => {
    const message = newMessage();
    const created = newCreated();
    await messages.beginAttempt(message, newAttempt(), { opened: created as never });
    await messages.recordCreated(message.messageId, 1, created);
    await createInboxStore(clone.database).store(newReceipt(created, { status: 'undelivered', errorCode: 30034 }));
    await messages.beginAttempt(message, newAttempt({ number: 2, recipient: '+12025550188' }), {
      opened: newCreated() as never,
    });
    await messages.recordOutcome({
      messageId: message.messageId,
      message,
      heardEventIds: [],
      attemptEnd: { number: 2, result: { kind: 'ambiguous', reason: 'no answer' } },
      outcome: { ...DEAD, attempt: 3 },
    });
    await redrive(message);
    await expect(deadLetters.takeUp(message.messageId, 1)).resolves.toMatchObject({
      kind: 'taken_up',
      attemptsMade: 3,
      attempts: [
        {
          ...omit(newAttempt(), 'sender', 'recipient'),
          addresses: { sender: newAttempt().sender, recipient: newAttempt().recipient },
          messageSid: created.messageSid,
          isAmbiguous: false,
          startedAt: ANY_TIME,
        },
        { number: 2, isAmbiguous: true, openCreate: { createId: expect.any(String) as string } },
      ],
      events: [{ messageSid: created.messageSid, status: 'undelivered', errorCode: 30034 }],
    });
  });

  it('says that a redrive is over, by its outcome or that of the time before the next', async () => {
    const message = await ended(DEAD);
    await redrive(message);
    await close({ ...message, redrive: 1 }, { ...DEAD, attempt: 2 });
    await expect(deadLetters.takeUp(message.messageId, 1)).resolves.toMatchObject({
      kind: 'over',
      outcome: { attempt: 2 },
    });
    await redrive(message);
    await expect(deadLetters.takeUp(message.messageId, 1)).resolves.toMatchObject({
      kind: 'over',
      outcome: { attempt: 2 },
    });
    await expect(deadLetters.takeUp(message.messageId, 2)).resolves.toMatchObject({ kind: 'taken_up' });
    await expect(deadLetters.takeUp('msg_nobody', 1)).resolves.toEqual({ kind: 'over' });
  });
});

describe('after a redrive', () => {
  it('a late receipt corrects the ending that it concerns, and not the one before', async () => {
    const correct = createOutcomeCorrector(clone.database, []);
    const inbox = createInboxStore(clone.database);
    const message = newMessage();
    const [first, second] = [newCreated(), newCreated()];
    await messages.beginAttempt(message, newAttempt(), { opened: first as never });
    await messages.recordCreated(message.messageId, 1, first);
    await close(message, newOutcome({ kind: 'failed', errorClass: 'retry' }));
    await inbox.store(newReceipt(first, { status: 'failed', errorCode: 30034 }));
    await expect(correct(message.messageId)).resolves.toMatchObject({ is: { kind: 'failed', dead: 'configuration' } });
    await redrive(message);
    const again = { ...message, redrive: 1 };
    await messages.beginAttempt(again, newAttempt({ number: 2 }), { opened: second as never });
    await messages.recordCreated(message.messageId, 2, second);
    await close(again, newOutcome({ kind: 'unconfirmed', attempt: 2 }));
    await expect(correct(message.messageId)).resolves.toBeUndefined();
    await inbox.store(newReceipt(second));
    await expect(correct(message.messageId)).resolves.toMatchObject({
      was: { kind: 'unconfirmed', attempt: 2 },
      is: { kind: 'delivered', attempt: 2 },
    });
    expect((await show(message))?.corrections).toHaveLength(2);
  });

  it('the human step is asked again', async () => {
    const tasks = createTaskStore(clone.database);
    const message = await ended(DEAD, { tenant: 'with-tasks' });
    const task = {
      messageId: message.messageId,
      tenant: message.tenant,
      step: 1,
      queue: 'on-call',
      reason: 'no answer',
    };
    const times = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'].map((openedAt) => ({
      openedAt,
      dueAt: openedAt,
    }));
    for (const time of times) {
      await tasks.open({ ...task, ...(time as (typeof times)[0]) });
      await tasks.open({ ...task, ...(time as (typeof times)[0]) });
      await expect(tasks.list({ tenant: message.tenant, limit: 10 })).resolves.toMatchObject({ tasks: [time] });
      await tasks.close(message.messageId, 1, { kind: 'expired' });
      await expect(tasks.list({ tenant: message.tenant, limit: 10 })).resolves.toEqual({ tasks: [] });
    }
    const kinds = await kindsOf(message);
    expect(kinds?.filter((kind) => kind === 'task_opened' || kind === 'task_closed')).toHaveLength(4);
  });
});

describe('list and count', () => {
  it('finds dead messages by tenant, cause, class and time, oldest first, page by page', async () => {
    const tenant = 'lister';
    const outage: Outcome = newOutcome({ kind: 'ambiguous', dead: 'outage', reason: 'no answer' });
    const made = [
      await ended(DEAD, { tenant }),
      await ended(outage, { tenant }),
      await ended(newOutcome({ kind: 'failed', errorCode: 30003, errorClass: 'retry' }), { tenant }),
      await ended(DEAD, { tenant }),
    ];
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
    for (const [index, { messageId }] of made.entries()) {
      await clone
        .database('messages')
        .where({ message_id: messageId })
        .update({ created_at: `${days[index] ?? ''}T00:00:00Z` });
    }
    const ids = made.map(({ messageId }) => messageId);
    const found = async (filter: Parameters<DeadLetterStore['list']>[0]) =>
      (await deadLetters.list({ tenant, ...filter }, { limit: 10 })).messages.map(({ messageId }) =>
        ids.indexOf(messageId),
      );
    await expect(found({})).resolves.toEqual([0, 1, 3]);
    await expect(found({ cause: 'outage' })).resolves.toEqual([1]);
    await expect(found({ errorClass: 'config' })).resolves.toEqual([0, 3]);
    await expect(found({ since: '2026-01-02T00:00:00.000Z' })).resolves.toEqual([1, 3]);
    await expect(deadLetters.count({ tenant })).resolves.toBe(3);
    await expect(deadLetters.count({ tenant, cause: 'configuration' })).resolves.toBe(2);

    const first = await deadLetters.list({ tenant }, { limit: 2 });
    const second = await deadLetters.list({ tenant }, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.messages, ...second.messages].map(({ messageId }) => ids.indexOf(messageId))).toEqual([0, 1, 3]);
    expect(second.nextCursor).toBeUndefined();

    const listed = await messages.list({ tenant, limit: 10, isDead: true });
    expect(listed.messages.map(({ messageId }) => ids.indexOf(messageId))).toEqual([3, 1, 0]);
  });
});
