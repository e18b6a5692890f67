import { type WorkflowRun } from '../../workflow/support/run-workflow';

const found = { polled: 3, unreadable: 0, found: 2, deciding: 1 };
const sidOf = (prefix: string): string => `${prefix}${'a'.repeat(32)}`;
const nothing = (): Promise<void> => Promise.resolve();

/** Every road through the workflows that mend what was lost, by the name of its file. */
export const REPAIRS: Readonly<Record<string, WorkflowRun>> = {
  sweep: {
    workflowType: 'sweepReceipts',
    args: [],
    activities: {
      startUnstarted: () => Promise.resolve({ checked: 1, refused: 0, callbacks: 0 }),
      pollQuietAttempts: () => Promise.resolve(found),
    },
  },
  'receipt-kept-for-later': {
    workflowType: 'storeDeliveryEvent',
    args: [
      {
        deliveryReceiptSid: sidOf('DY'),
        messageSid: sidOf('IM'),
        conversationSid: sidOf('CH'),
        status: 'delivered',
        at: '2026-01-01T00:00:00.000Z',
        source: 'webhook',
      },
    ],
    activities: { storeReceipt: nothing },
  },
  'caller-told': {
    workflowType: 'tellCaller',
    args: [{ callbackId: 'evt_1' }],
    activities: { tellCaller: () => Promise.resolve('delivered') },
  },
  redrive: {
    workflowType: 'redriveMessage',
    args: [{ messageId: 'msg_1', tenant: 'tests', by: 'tests' }],
    activities: {
      redriveMessage: () =>
        Promise.resolve({ kind: 'redriven', messageId: 'msg_1', workflowId: 'deliver-msg_1', isReplayed: false }),
    },
  },
  'word-kept-for-later': {
    workflowType: 'storeInboundWord',
    args: [
      {
        channel: 'sms',
        from: '+12025550123',
        writtenTo: { sender: '+12025550100' },
        word: 'stop',
        evidence: sidOf('IM'),
        at: '2026-01-01T00:00:00.000Z',
      },
    ],
    activities: { storeInboundWord: nothing },
  },
};
