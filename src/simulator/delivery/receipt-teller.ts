import { type Simulation } from '../simulation';
import { type WebhookEvent } from '../webhooks/webhook-event';
import { type WebhookBehaviour } from './delivery-script';

/** Tells the changes of one receipt the way its script says. */
export interface ReceiptTeller {
  /** @returns resolves when the webhook is answered or given up, at once when it is held back or dropped. */
  tell(event: WebhookEvent): Promise<void>;
  /** Nothing more will come: sends what was held back. */
  finish(): void;
}

/** A teller for one receipt. */
export function createReceiptTeller(simulation: Simulation, behaviour: WebhookBehaviour): ReceiptTeller {
  const held: WebhookEvent[] = [];

  async function send(event: WebhookEvent): Promise<void> {
    const copies = Array.from({ length: behaviour.copies }, () => simulation.webhooks.send(event));
    await Promise.all(copies);
  }

  async function tell(event: WebhookEvent): Promise<void> {
    if (behaviour.drop) {
      simulation.webhooks.drop(event);
    } else if (behaviour.order !== 'as-it-happens') {
      held.push(event);
    } else {
      const isCurrent = behaviour.delayMs === 0 || (await simulation.timers.sleep(behaviour.delayMs));
      if (isCurrent) {
        await send(event);
      }
    }
  }

  async function sendHeld(): Promise<void> {
    if (!(await simulation.timers.sleep(behaviour.delayMs))) {
      return;
    }
    const order = behaviour.order === 'reversed' ? held.reverse() : shuffle(held);
    // One after another, so that they arrive in this order and no other.
    for (const event of order) {
      await send(event);
    }
  }

  return {
    tell,
    finish() {
      if (held.length > 0) {
        void sendHeld();
      }
    },
  };
}

function shuffle<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item);
}
