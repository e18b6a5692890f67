import { type CountedScript, type DeliveryScript } from './delivery-script';

/** What is still to be played at one address. */
export interface AddressScripts {
  readonly address: string;
  readonly scripts: readonly CountedScript[];
}

/** The scripts in force, by address. */
export interface ScriptBook {
  /** Replaces whatever was set for the address. */
  set(address: string, scripts: readonly CountedScript[]): void;
  setDefault(script: DeliveryScript): void;
  defaultScript(): DeliveryScript;
  /** The script for the next message to the address; uses it up by one. */
  take(address: string): DeliveryScript;
  list(): AddressScripts[];
  /** Removes every address's scripts and puts the first default back. */
  clear(): void;
}

/** @param initialDefault applies to every address without a script of its own */
export function createScriptBook(initialDefault: DeliveryScript): ScriptBook {
  const queues = new Map<string, CountedScript[]>();
  let fallback = initialDefault;

  function take(address: string): DeliveryScript {
    const queue = queues.get(address);
    const first = queue?.[0];
    if (queue === undefined || first === undefined) {
      return fallback;
    }
    if (first.messages === 1) {
      queue.shift();
    } else if (first.messages !== 'all') {
      queue[0] = { ...first, messages: first.messages - 1 };
    }
    if (queue.length === 0) {
      queues.delete(address);
    }
    return first.script;
  }

  return {
    set: (address, scripts) => void queues.set(address, [...scripts]),
    setDefault(script) {
      fallback = script;
    },
    defaultScript: () => fallback,
    take,
    list: () => [...queues].map(([address, scripts]) => ({ address, scripts: [...scripts] })),
    clear() {
      queues.clear();
      fallback = initialDefault;
    },
  };
}
