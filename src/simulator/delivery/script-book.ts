import { type Count } from './delivery-script';

/** A script with the number of times that it is for. */
export interface Counted<Script> {
  readonly count: Count;
  readonly script: Script;
}

/** What is still to be played at one address. */
export interface ScriptsOfAddress<Script> {
  readonly address: string;
  readonly scripts: readonly Counted<Script>[];
}

/** The scripts in force, by address. */
export interface ScriptBook<Script> {
  /** Replaces whatever was set for the address. */
  set(address: string, scripts: readonly Counted<Script>[]): void;
  setDefault(script: Script): void;
  defaultScript(): Script;
  /** The script for what comes next at the address; uses it up by one. */
  take(address: string): Script;
  list(): ScriptsOfAddress<Script>[];
  /** Removes every address's scripts and puts the first default back. */
  clear(): void;
}

/** @param initialDefault applies to every address without a script of its own */
export function createScriptBook<Script>(initialDefault: Script): ScriptBook<Script> {
  const queues = new Map<string, Counted<Script>[]>();
  let fallback = initialDefault;

  function take(address: string): Script {
    const queue = queues.get(address);
    const first = queue?.[0];
    if (queue === undefined || first === undefined) {
      return fallback;
    }
    if (first.count === 1) {
      queue.shift();
    } else if (first.count !== 'all') {
      queue[0] = { ...first, count: first.count - 1 };
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
