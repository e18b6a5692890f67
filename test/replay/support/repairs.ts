import { type WorkflowRun } from '../../workflow/support/run-workflow';

const found = { polled: 3, unreadable: 0, found: 2, deciding: 1 };
const SID = (prefix: string): string => `${prefix}${'a'.repeat(32)}`;
const nothing = (): Promise<void> => Promise.resolve();

/** Every road through the workflows that mend what was lost, by the name of its file. */
export const REPAIRS: Readonly<Record<string, WorkflowRun>> = {
  sweep: {
    workflowType: 'sweepReceipts',
    args: [],
    activities: {
      startUnstarted: () => Promise.resolve({ checked: 1, refused: 0 }),
      pollQuietAttempts: () => Promise.resolve(found),
    },
  },
  'receipt-kept-for-later': {
    workflowType: 'storeDeliveryEvent',
    args: [
      {
        deliveryReceiptSid: SID('DY'),
        messageSid: SID('IM'),
        conversationSid: SID('CH'),
        status: 'delivered',
        at: '2026-01-01T00:00:00.000Z',
        source: 'webhook',
      },
    ],
    activities: { storeReceipt: nothing },
  },
  'word-kept-for-later': {
    workflowType: 'storeInboundWord',
    args: [
      {
        channel: 'sms',
        from: '+12025550123',
        writtenTo: { sender: '+12025550100' },
        word: 'stop',
        evidence: SID('IM'),
        at: '2026-01-01T00:00:00.000Z',
      },
    ],
    activities: { storeInboundWord: nothing },
  },
};
