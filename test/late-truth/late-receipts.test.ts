import { WorkflowNotFoundError } from '@temporalio/client';
import { type EscalationStep } from '../../src/domain/policy';
import { type MessageRecord } from '../../src/database/message-store';
import { workflowIdFor } from '../../src/domain/workflow-id';
import { type DeliverMessageInput } from '../../workflows/contract';
import { until } from '../support/until';
import { expectNoViolations } from '../support/expect-no-violations';
import { buildInput } from '../workflow/support/build-input';
import { type Stage, startStage } from './support/stage';

/** Every message of its own recipient, so that no test meets another's conversation or opt-out. */
let recipients = 0;
const newInput = (policy: Parameters<typeof buildInput>[0] = {}) => {
  recipients += 1;
  return buildInput({ to: `+1202555${String(2000 + recipients)}`, ...policy });
};
const QUICK_END = { deliveryTimeout: '50ms', onTimeout: 'accept' } as const;
const SECOND_ADDRESS: EscalationStep = { channel: 'sms', to: '+12025559999', deliveryTimeout: '10s' };
const ON_CALL: EscalationStep = { channel: 'human', queue: 'on-call', acknowledgeTimeout: '10s' };

/** Temporal takes half a minute to drop a history: it is asked first, and what came of it is looked at last. */
const DROPPED_WITHIN_MS = 60_000;

let stage: Stage;
let forgotten: DeliverMessageInput;
beforeAll(async () => {
  stage = await startStage();
  forgotten = newInput({ policy: { ...QUICK_END, escalation: [ON_CALL] } });
  const handle = await stage.start(forgotten);
  await handle.result();
  const { namespace } = stage.client.options;
  const workflowExecution = { workflowId: handle.workflowId };
  await stage.client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
});
afterAll(() => expectNoViolations(stage.evidence));
afterAll(() => stage.stop());

const isCorrected = ({ corrections }: MessageRecord): boolean => corrections.length > 0;
const kindsOf = ({ timeline }: MessageRecord): string[] => timeline.map(({ kind }) => kind);
const sendsOf = (message: MessageRecord): number => message.attempts.length;

describe('after the end', () => {
  it('a delivery corrects the outcome, with what it was beside it, and sends nothing', async () => {
    const input = newInput({ policy: { ...QUICK_END, escalation: [SECOND_ADDRESS] } });
    await (await stage.start(input)).result();
    expect(await stage.show(input)).toMatchObject({ outcome: { kind: 'unconfirmed' }, corrections: [] });

    await stage.tell(input, 1, 'delivered', { at: '2026-01-02T03:04:05.000Z' });
    const message = await stage.shown('the correction', input, isCorrected);
    expect(message).toMatchObject({
      status: 'closed',
      outcome: { kind: 'delivered', attempt: 1, at: '2026-01-02T03:04:05.000Z' },
      corrections: [
        {
          was: { kind: 'unconfirmed' },
          is: { kind: 'delivered' },
          because: 'after the end a receipt of attempt 1 came: delivered',
        },
      ],
    });
    expect(kindsOf(message).slice(-3)).toEqual(['closed', 'receipt', 'outcome_corrected']);
    expect(message.timeline.at(-1)?.detail).toMatchObject({ was: 'unconfirmed', is: 'delivered' });
    expect(sendsOf(message)).toBe(1);
    await stage.settled();
  });

  it('a refusal corrects it by the class of its code, and the ledger has the opt-out', async () => {
    const input = newInput({ policy: QUICK_END });
    await (await stage.start(input)).result();
    await stage.tell(input, 1, 'undelivered', { errorCode: 21610 });
    const message = await stage.shown('the correction', input, isCorrected);
    expect(message.outcome).toMatchObject({ kind: 'opted_out', errorCode: 21610, errorClass: 'opt_out' });
    const optOuts = await stage.database.database('opt_outs').where({ address: input.request.to });
    expect(optOuts).toHaveLength(1);
  });

  it('a reading follows a delivery', async () => {
    const input = newInput();
    const handle = await stage.start(input);
    await stage.tell(input, 1, 'delivered');
    await handle.result();
    await stage.tell(input, 1, 'read');
    const message = await stage.shown('the correction', input, isCorrected);
    expect(message.corrections.map(({ was, is }) => [was.kind, is.kind])).toEqual([['delivered', 'read']]);
  });

  it('a delivery of a canceled message is told', async () => {
    const input = newInput();
    const handle = await stage.start(input);
    await stage.shown('the hand-over', input, ({ attempts }) => attempts[0]?.messageSid !== undefined);
    await handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
    await handle.result();
    await stage.tell(input, 1, 'delivered');
    await expect(stage.shown('the correction', input, isCorrected)).resolves.toMatchObject({
      outcome: { kind: 'delivered' },
      corrections: [{ was: { kind: 'canceled' } }],
    });
  });

  it('a delivery does not take the word from the person who took the task', async () => {
    const input = newInput({ policy: { deliveryTimeout: '50ms', escalation: [ON_CALL] } });
    const handle = await stage.start(input);
    await stage.shown('the task', input, (message) => kindsOf(message).includes('task_opened'));
    await handle.executeUpdate('acknowledge', { args: [{ by: 'ada' }] });
    await handle.result();
    await stage.tell(input, 1, 'delivered');
    await stage.settled();
    expect(await stage.show(input)).toMatchObject({ outcome: { kind: 'acknowledged' }, corrections: [] });
  });

  it('a delivery of the first address corrects the outcome of a message that escalated in vain', async () => {
    const input = newInput({
      policy: { deliveryTimeout: '50ms', escalation: [{ ...SECOND_ADDRESS, deliveryTimeout: '50ms' }] },
    });
    await expect((await stage.start(input)).result()).resolves.toMatchObject({ kind: 'unconfirmed', attempt: 2 });
    await stage.tell(input, 1, 'read');
    await expect(stage.shown('the correction', input, isCorrected)).resolves.toMatchObject({
      outcome: { kind: 'read', attempt: 1 },
    });
  });

  it('words and codes that nobody knows are kept raw and change nothing', async () => {
    const input = newInput({ policy: QUICK_END });
    await (await stage.start(input)).result();
    await stage.tell(input, 1, 'teleported', { errorCode: 39999 });
    const message = await stage.shown('the receipt', input, ({ attempts }) => attempts[0]?.receipts.length === 1);
    await stage.settled();
    expect(message).toMatchObject({
      outcome: { kind: 'unconfirmed' },
      attempts: [{ receipts: [{ status: 'teleported', errorCode: 39999 }] }],
    });
  });
});

describe('before the end', () => {
  it('a receipt that comes before the SID is known counts', async () => {
    const input = newInput();
    stage.twilio.beforeAnswer(input.messageId, 1, async () => stage.tell(input, 1, 'delivered'));
    await expect((await stage.start(input)).result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
    await stage.settled();
  });

  it('of the first attempt during the send of the second ends the message and says that both may arrive', async () => {
    const input = newInput({
      policy: { deliveryTimeout: '50ms', onTimeout: 'escalate', escalation: [SECOND_ADDRESS, ON_CALL] },
    });
    const handle = await stage.start(input);
    stage.twilio.beforeAnswer(input.messageId, 2, async () => {
      await stage.tell(input, 1, 'delivered');
      await until('the signal', async () => {
        const { events } = await handle.fetchHistory();
        return events?.some(({ workflowExecutionSignaledEventAttributes }) => workflowExecutionSignaledEventAttributes);
      });
    });
    await expect(handle.result()).resolves.toMatchObject({
      kind: 'delivered',
      attempt: 1,
      reason: expect.stringContaining('attempt 2, which cannot be called back') as string,
    });
    const message = await stage.show(input);
    expect(message.attempts.map(({ messageSid }) => messageSid === undefined)).toEqual([false, false]);

    await stage.tell(input, 2, 'delivered');
    await stage.settled();
    const both = await stage.show(input);
    expect(both.corrections).toEqual([]);
    expect(both.timeline.filter(({ kind }) => kind === 'receipt').map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('of the first attempt ends the repeats of a send that has not succeeded', async () => {
    const input = newInput({ policy: { deliveryTimeout: '50ms', escalation: [SECOND_ADDRESS] } });
    const handle = await stage.start(input);
    let tries = 0;
    stage.twilio.beforeAnswer(input.messageId, 2, async () => {
      tries += 1;
      await stage.tell(input, 1, 'delivered');
      throw new Error('Twilio is away');
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(tries).toBe(1);
  });

  it('while the worker is down it waits for it', async () => {
    const input = newInput();
    const handle = await stage.start(input);
    await stage.shown('the hand-over', input, ({ attempts }) => attempts[0]?.messageSid !== undefined);
    await stage.stopWorker();
    try {
      await stage.tell(input, 1, 'delivered');
    } finally {
      await stage.startWorker();
    }
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered' });
    await stage.settled();
  });
});

describe('while the message is being closed', () => {
  const eventsDue = () => stage.database.database('delivery_events').whereNotNull('signal_due_at');
  it.each([
    ['nobody has settled it yet', () => Promise.resolve(true)],
    ['the relay takes it for heard', async () => (await eventsDue()).length === 0],
  ])(
    'a receipt that Temporal took too late for the workflow to weigh it corrects the outcome, when %s',
    async (_, isSo) => {
      const input = newInput({ policy: QUICK_END });
      const handle = await stage.start(input);
      stage.aroundOutcome(input.messageId, async (write) => {
        await stage.tell(input, 1, 'delivered');
        await stage.signalled();
        await until('the moment', isSo);
        return await write();
      });
      // What the workflow itself answers depends on whether Temporal lets it decide again with the signal that it had missed.
      await handle.result();
      await expect(stage.shown('the correction', input, isCorrected)).resolves.toMatchObject({
        outcome: { kind: 'delivered' },
        corrections: [{ was: { kind: 'unconfirmed' } }],
      });
      await stage.settled();
    },
  );

  it('what was told between the write and its repetition is not lost', async () => {
    const input = newInput({ policy: QUICK_END });
    const handle = await stage.start(input);
    stage.aroundOutcome(input.messageId, async (write) => {
      await write();
      await stage.tell(input, 1, 'delivered');
      throw new Error('the worker died before Temporal knew of the write');
    });
    await handle.result();
    await expect(stage.shown('the correction', input, isCorrected)).resolves.toMatchObject({
      outcome: { kind: 'delivered' },
    });
    await stage.settled();
    expect((await stage.show(input)).corrections).toHaveLength(1);
  });
});

describe('when Temporal has dropped the history', () => {
  const gone = async (): Promise<void> => {
    const handle = stage.client.workflow.getHandle(workflowIdFor(forgotten.messageId));
    const isGone = (): Promise<boolean> =>
      handle.describe().then(
        () => false,
        (error: unknown) => error instanceof WorkflowNotFoundError,
      );
    await until('the history to be gone', isGone, DROPPED_WITHIN_MS);
  };

  it(
    'a delivery corrects the outcome all the same',
    async () => {
      await gone();
      await stage.tell(forgotten, 1, 'delivered');
      await expect(stage.shown('the correction', forgotten, isCorrected)).resolves.toMatchObject({
        outcome: { kind: 'delivered' },
        corrections: [{ was: { kind: 'unconfirmed' } }],
      });
      await stage.settled();
    },
    2 * DROPPED_WITHIN_MS,
  );

  it(
    'a start of the same id ends as the message has ended, and does nothing',
    async () => {
      await gone();
      const before = await stage.show(forgotten);
      const handle = await stage.start(forgotten);
      await expect(handle.result()).resolves.toEqual(before.outcome);
      await expect(stage.show(forgotten)).resolves.toEqual(before);
    },
    2 * DROPPED_WITHIN_MS,
  );
});
