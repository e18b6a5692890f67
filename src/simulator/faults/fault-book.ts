import { type Fault, type PlacedFault } from './fault';
import { type Operation } from './operation';

/** The faults in force, in the order in which they were added. */
export interface FaultBook {
  add(fault: Fault): PlacedFault;
  /**
   * The first fault for a request, used up by one; undefined when there is none.
   * @param addresses asked only when a fault depends on it
   */
  take(operation: Operation, when: Fault['when'], addresses: () => readonly string[]): PlacedFault | undefined;
  list(): PlacedFault[];
  /** @returns whether there was one */
  remove(faultId: number): boolean;
  clear(): void;
}

/** An empty fault book. */
export function createFaultBook(): FaultBook {
  const placed = new Map<number, PlacedFault>();
  let lastId = 0;

  function use(entry: PlacedFault): void {
    if (entry.remaining !== 'all') {
      entry.remaining -= 1;
      if (entry.remaining === 0) {
        placed.delete(entry.faultId);
      }
    }
  }

  return {
    add(fault) {
      lastId += 1;
      const entry = { faultId: lastId, fault, remaining: fault.requests };
      placed.set(lastId, entry);
      return entry;
    },
    take(operation, when, addresses) {
      for (const entry of placed.values()) {
        if (entry.fault.when === when && isFor(entry.fault, operation, addresses)) {
          use(entry);
          return entry;
        }
      }
      return undefined;
    },
    list: () => [...placed.values()].map((entry) => ({ ...entry })),
    remove: (faultId) => placed.delete(faultId),
    clear: () => placed.clear(),
  };
}

function isFor(fault: Fault, operation: Operation, addresses: () => readonly string[]): boolean {
  const isOperation = fault.operation === '*' || fault.operation === operation;
  return isOperation && (fault.address === undefined || addresses().includes(fault.address));
}
