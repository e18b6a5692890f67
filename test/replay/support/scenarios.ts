import { type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type deliverMessage } from '../../../workflows';
import {
  deliveryEventSignal,
  type DeliverMessageInput,
  ledgerChangedSignal,
  readLedgerUpdate,
  releaseUpdate,
  SEND_FAILURES,
  stateQuery,
} from '../../../workflows/contract';
import { type ContentSid, type ParticipantSid } from '../../../src/domain/sid';
import { until } from '../../support/until';
import { buildConversationInput, buildInput } from '../../workflow/support/build-input';
import { type DeliveryHarness } from '../../workflow/support/delivery-harness';
import { childIdOf, handedOver, receipt, RECIPIENT, type Script } from '../../workflow/support/scripted-activities';

/** A story worth keeping: its history is recorded once for each shipped version of the workflow. */
export interface Scenario {
  readonly input: DeliverMessageInput;
  readonly script: Script;
  /** What the world does to the messages that come of it, by their ids. */
  readonly children?: Readonly<Record<string, Script>>;
  /** What happens from outside while the workflow runs. */
  readonly play?: (handle: WorkflowHandle<typeof deliverMessage>, harness: DeliveryHarness) => Promise<void>;
}

const ON_CALL = { channel: 'human', queue: 'on-call', acknowledgeTimeout: '10s' } as const;
const refused = (errorCode: number) => handedOver((messageSid) => [receipt(messageSid, 'undelivered', errorCode)]);
const delivered = () => handedOver((messageSid) => [receipt(messageSid, 'delivered')]);

const LONG_PAUSE = { initialDelay: '1h', factor: 1, maxDelay: '1h' } as const;
const inMs = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();
const held = () => ({ kind: 'held', isBegun: false, until: inMs(3_600_000), because: 'quiet hours' }) as const;

/** Every road through the workflow, by the name of its file. */
export const SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  delivered: () => {
    const sent = handedOver();
    const input = buildInput();
    return {
      input,
      script: { send: () => sent },
      play: async (handle, harness) => {
        await until('the send', () => harness.callsOf(input.messageId).sendMessage.length === 1);
        await until('the wait', async () => (await handle.query(stateQuery)).status === 'awaiting_receipt');
        await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
      },
    };
  },
  'retried-then-delivered': () => ({
    input: buildInput(),
    script: { send: (_, number) => (number === 1 ? refused(30008) : delivered()) },
  }),
  'opted-out': () => ({ input: buildInput(), script: { send: () => refused(21610) } }),
  'held-back': () => ({ input: buildInput(), script: { send: () => ({ kind: 'opted_out', reason: 'held back' }) } }),
  ambiguous: () => ({
    input: buildInput(),
    script: {
      send: () => {
        throw ApplicationFailure.create({ type: SEND_FAILURES.unknown, message: 'reset', nonRetryable: true });
      },
    },
  }),
  'escalated-to-a-person': () => {
    const input = buildInput({
      policy: { deliveryTimeout: '50ms', escalation: [{ channel: 'sms', to: '+12025550124' }, ON_CALL] },
    });
    return {
      input,
      script: { send: () => handedOver() },
      play: async (handle, harness) => {
        await until('the task', () => harness.callsOf(input.messageId).openTask[0]);
        await handle.executeUpdate('acknowledge', { args: [{ by: 'ada' }] });
      },
    };
  },
  'late-receipt-while-backing-off': () => {
    const sent = handedOver();
    const input = buildInput({
      policy: {
        deliveryTimeout: '50ms',
        onTimeout: 'retry',
        retry: { initialDelay: '10s', factor: 1, maxDelay: '10s' },
      },
    });
    return {
      input,
      script: { send: () => sent },
      play: async (handle, harness) => {
        await until('the pause', () => harness.callsOf(input.messageId).recordProgress[0]);
        await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
      },
    };
  },
  canceled: () => {
    const input = buildInput();
    return {
      input,
      script: { send: () => handedOver() },
      play: async (handle, harness) => {
        await until('the send', () => harness.callsOf(input.messageId).sendMessage.length === 1);
        await handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
      },
    };
  },
  'fanned-out': () => {
    const input = buildConversationInput({ escalation: [{ channel: 'sms' }] });
    const reached = `MB${'1'.repeat(32)}` as ParticipantSid;
    const lost = `MB${'2'.repeat(32)}` as ParticipantSid;
    const participants = [reached, lost].map((participantSid) => ({
      participantSid,
      channel: 'whatsapp' as const,
      isOptedOut: false,
    }));
    const { conversationSid, messageSid, optOutCodes } = handedOver();
    const told = (participantSid: ParticipantSid, status: string, errorCode?: number) => ({
      ...receipt(messageSid, status, errorCode),
      participantSid,
    });
    return {
      input,
      script: {
        post: () => ({
          kind: 'posted',
          conversationSid,
          messageSid,
          participants,
          events: [told(lost, 'failed', 63024)],
          optOutCodes,
        }),
      },
      children: { [childIdOf({ parentId: input.messageId, participantSid: lost })]: { send: delivered } },
      play: async (handle, harness) => {
        await until('the child', () => harness.callsOf(input.messageId).openChild[0]);
        await handle.signal(deliveryEventSignal, told(reached, 'delivered'));
      },
    };
  },
  redriven: () => ({
    input: { ...buildInput(), redrive: 1 },
    script: {
      takeUp: {
        kind: 'taken_up',
        attemptsMade: 1,
        attempts: [
          {
            number: 1,
            step: 0,
            channel: 'sms',
            addresses: { sender: '+12025550100', recipient: '+12025550123' },
            startedAt: '2026-01-01T00:00:00.000Z',
            isAmbiguous: true,
            conversation: { conversationSid: handedOver().conversationSid, participantSid: RECIPIENT },
            openCreate: { createId: 'create', ageMs: 60_000 },
          },
        ],
        events: [],
        optOutCodes: [],
      },
      lookUp: () => ({ kind: 'absent' }),
      send: delivered,
    },
  }),
  scheduled: () => ({ input: buildInput({ sendAt: inMs(1_000) }), script: { send: delivered } }),
  'scheduled-then-stopped': () => ({
    input: buildInput({ sendAt: inMs(3_600_000) }),
    script: { isOptedOut: () => true },
    // An update is answered at once, so that it starts the workflow before its time.
    play: async (handle) => {
      await handle.executeUpdate(readLedgerUpdate);
    },
  }),
  'held-then-released': () => {
    const input = buildInput();
    return {
      input,
      script: { send: (_, number) => (number === 1 ? held() : delivered()) },
      play: async (handle) => {
        await until('the hold', async () => (await handle.query(stateQuery)).status === 'held');
        await handle.executeUpdate(releaseUpdate, { args: [{ by: 'ada', reason: 'the guest has asked' }] });
      },
    };
  },
  'held-until-the-morning': () => ({
    input: buildInput(),
    script: { send: (_, number) => (number === 1 ? { ...held(), until: inMs(500) } : delivered()) },
  }),
  'expired-while-held': () => ({
    input: buildInput({ expiresAt: inMs(1_000) }),
    script: { send: held },
  }),
  'expired-while-waiting': () => ({
    input: buildInput({ expiresAt: inMs(1_000), policy: { deliveryTimeout: '1h' } }),
    script: { send: () => handedOver() },
  }),
  'stopped-while-backing-off': () => {
    const input = buildInput({ policy: { retry: LONG_PAUSE } });
    let asked = 0;
    return {
      input,
      // The first news is about something else, and the pause goes on.
      script: { send: () => refused(30008), isOptedOut: () => (asked += 1) > 1 },
      play: async (handle, harness) => {
        await until('the pause', async () => (await handle.query(stateQuery)).status === 'backing_off');
        await handle.signal(ledgerChangedSignal);
        await until('the answer', () => harness.callsOf(input.messageId).askLedger.length === 1);
        await handle.signal(ledgerChangedSignal);
      },
    };
  },
  'step-timed-out-then-chosen-by-when': () => ({
    input: buildInput({
      policy: {
        deliveryTimeout: '1h',
        stepTimeout: '100ms',
        escalation: [
          { channel: 'whatsapp', when: ['landline'] },
          { channel: 'sms', when: ['timeout'], stepTimeout: '1h' },
        ],
      },
    }),
    script: { send: (_, number) => (number === 1 ? handedOver() : delivered()) },
  }),
  'step-without-time-for-a-retry': () => ({
    input: buildInput({
      policy: { retry: LONG_PAUSE, stepTimeout: '10s', escalation: [{ channel: 'sms', stepTimeout: '1h' }] },
    }),
    script: { send: (_, number) => (number === 1 ? refused(30008) : delivered()) },
  }),
  'template-for-the-closed-window': () => ({
    input: buildInput({
      channel: 'whatsapp',
      content: {
        body: 'Your table is ready.',
        whatsappTemplate: { contentSid: `HX${'a'.repeat(32)}` as ContentSid, variables: {} },
      },
    }),
    script: { send: (_, number) => (number === 1 ? refused(63016) : delivered()) },
  }),
  'found-by-polling': () => ({
    input: buildInput({ policy: { deliveryTimeout: '50ms' } }),
    script: { send: () => handedOver(), poll: (messageSid) => [receipt(messageSid, 'delivered')] },
  }),
};
