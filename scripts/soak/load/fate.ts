import { type DeliveryScriptInput, type ReceiptStep } from '../../../src/simulator/delivery/delivery-script';
import { type Random } from '../random';

/** How often each end comes up. The names are those of the summary. */
const ENDS = {
  delivered: 50,
  read: 8,
  'delivered late': 5,
  undelivered: 12,
  'number unknown': 5,
  filtered: 5,
  'opted out': 4,
  silent: 6,
  'failed before it left': 5,
  'sender not registered': 4,
} as const;
type End = keyof typeof ENDS;

type Steps = readonly Partial<ReceiptStep>[];

/** A message may be in the list of its conversation later than that, but posthorn does not claim to cope with it. */
const LONGEST_LIST_LAG_MS = 4_000;

export interface FateOptions {
  /** The share of messages all of whose webhooks are lost, from 0 to 1. */
  readonly dropShare: number;
}

/** What becomes of one message: its receipts, and how badly they are told. */
export function randomFate(random: Random, { dropShare }: FateOptions): { end: End; script: DeliveryScriptInput } {
  const end = random.weighted(ENDS);
  const isEarly = random.chance(0.1);
  const [first, ...rest] = stepsTo(end, random);
  const steps = first === undefined ? [] : [{ ...first, beforeAnswer: isEarly }, ...rest];
  return {
    end,
    script: {
      steps: steps as DeliveryScriptInput['steps'],
      webhooks: {
        drop: random.chance(dropShare),
        copies: random.chance(0.1) ? random.between(2, 4) : 1,
        delayMs: random.chance(0.15) ? random.between(100, 4_000) : 0,
        order: random.weighted({ 'as-it-happens': 8, reversed: 1, shuffled: 1 }),
      },
      listLagMs: random.chance(0.2) ? random.between(0, LONGEST_LIST_LAG_MS) : 0,
    },
  };
}

function stepsTo(end: End, random: Random): Steps {
  const sent = { status: 'sent', delayMs: random.between(20, 500) } as const;
  const delayMs = random.between(20, 1_500);
  switch (end) {
    case 'delivered':
      return [sent, { status: 'delivered', delayMs }];
    case 'read':
      return [sent, { status: 'delivered', delayMs }, { status: 'read', delayMs }];
    case 'delivered late':
      return [sent, { status: 'delivered', delayMs: random.between(5_000, 10_000) }];
    case 'undelivered':
      return [sent, { status: 'undelivered', errorCode: random.pick([30003, 30008]), delayMs }];
    case 'number unknown':
      return [sent, { status: 'undelivered', errorCode: random.pick([30005, 30006]), delayMs }];
    case 'filtered':
      return [sent, { status: 'undelivered', errorCode: 30007, delayMs }];
    case 'opted out':
      return [{ status: 'failed', errorCode: 21610, delayMs }];
    case 'failed before it left':
      return [{ status: 'failed', errorCode: 30001, delayMs }];
    case 'sender not registered':
      return [sent, { status: 'undelivered', errorCode: 30034, delayMs }];
    case 'silent':
      return random.chance(0.5) ? [sent] : [];
  }
}
