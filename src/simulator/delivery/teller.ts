import { type Timers } from '../timers';
import { type WebhookBehaviour } from './delivery-script';

/** How events leave the simulator, or do not. */
export interface WebhookOutlet<Event> {
  /** @param copy which of several of the same event, from 1 */
  send(event: Event, copy?: number): Promise<unknown>;
  /** Notes that the event was kept back on purpose. */
  drop(event: Event): void;
}

/** Tells what happens to one thing, a receipt or a call, the way its script says. */
export interface Teller<Event> {
  /** @returns resolves when the webhook is answered or given up, at once when it is held back or dropped. */
  tell(event: Event): Promise<void>;
  /** Nothing more will come: sends what was held back. */
  finish(): void;
}

/** A teller for one thing. */
export function createTeller<Event>(
  timers: Pick<Timers, 'sleep'>,
  outlet: WebhookOutlet<Event>,
  behaviour: WebhookBehaviour,
): Teller<Event> {
  const held: Event[] = [];

  async function send(event: Event): Promise<void> {
    const copies = Array.from({ length: behaviour.copies }, (_, index) => outlet.send(event, index + 1));
    await Promise.all(copies);
  }

  async function tell(event: Event): Promise<void> {
    if (behaviour.drop) {
      outlet.drop(event);
    } else if (behaviour.order !== 'as-it-happens') {
      held.push(event);
    } else {
      const isCurrent = behaviour.delayMs === 0 || (await timers.sleep(behaviour.delayMs));
      if (isCurrent) {
        await send(event);
      }
    }
  }

  async function sendHeld(): Promise<void> {
    if (!(await timers.sleep(behaviour.delayMs))) {
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
