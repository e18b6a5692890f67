import { ApplicationFailure } from '@temporalio/common';
import { type TakenUp } from '../../activities/take-up-message';
import { type EscalationStep } from '../../src/domain/policy';
import { MESSAGE_CLOSED, stateQuery } from '../../workflows/contract';
import { buildConversationInput, buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';

const ON_CALL: EscalationStep = { channel: 'human', queue: 'on-call', acknowledgeTimeout: '50ms' };
const closed = () => Promise.reject(ApplicationFailure.nonRetryable('it has its outcome', MESSAGE_CLOSED));
const outcome = { kind: 'delivered', channel: 'sms', attempt: 2, reason: 'it arrived', at: '2026-01-01' } as const;
const over = (requestHash: string): TakenUp => ({ kind: 'over', outcome, requestHash });

let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await startDeliveryHarness();
});
afterAll(() => harness.stop());

const policy = { escalation: [ON_CALL] };
const doneFor = (messageId: string): unknown[] => {
  const { openTask, recordOutcome, recordProgress } = harness.callsOf(messageId);
  return [...openTask, ...recordOutcome, ...recordProgress];
};

describe('a start of a message that has ended', () => {
  it.each([
    ['to a recipient', buildInput({ policy }), { send: closed }],
    ['into a conversation', buildConversationInput(policy), { post: closed }],
  ])('%s ends as it has ended, and nobody is asked or told', async (_, input, script) => {
    const handle = await harness.start(input, { ...script, takeUp: over(input.requestHash) });
    await expect(handle.result()).resolves.toEqual(outcome);
    await expect(handle.query(stateQuery)).resolves.toMatchObject({ status: 'closed', outcome });
    expect(doneFor(input.messageId)).toEqual([]);
    expect(harness.callsOf(input.messageId).takeUpMessage).toEqual([{ messageId: input.messageId, redrive: 0 }]);
  });

  it('with another request fails and says so', async () => {
    const input = buildInput({ policy });
    const handle = await harness.start(input, { send: closed, takeUp: over('of another request') });
    await expect(handle.result()).rejects.toMatchObject({
      cause: { type: 'IdempotencyConflict', message: expect.stringContaining('take a new key') as string },
    });
    expect(doneFor(input.messageId)).toEqual([]);
  });
});
