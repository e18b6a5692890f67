import { type Service } from '../stage/service';

/** Resident memory in MiB by the name of the process; null where it is not known. */
export type Memory = Readonly<Record<string, number | null>>;

/** Reads the memory of all processes. */
export async function readMemory(services: readonly Service[]): Promise<Memory> {
  const entries = services.map(async (service) => [service.name, (await service.memoryMib()) ?? null] as const);
  return Object.fromEntries(await Promise.all(entries));
}
