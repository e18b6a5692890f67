import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type LogEntry, logEntrySchema } from '../simulator/logs/log-entry';

const KNOWN_KINDS: ReadonlySet<string> = new Set(logEntrySchema.options.flatMap(({ shape }) => [...shape.kind.values]));

/**
 * Reads the simulator's log. Entries of kinds that a newer simulator has are left out. A line that breaks off is the last word of
 * a simulator that was killed: nothing follows it, or the log was opened anew.
 * @throws Error that names the line that cannot be read; Error ENOENT when there is no such file.
 */
export async function readLog(logFile: string): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  let number = 0;
  let broken: Error | undefined;
  for await (const line of createInterface({ input: createReadStream(logFile), crlfDelay: Infinity })) {
    number += 1;
    const json = line === '' ? null : parse(line);
    if (broken !== undefined && json !== null && !isOpening(json)) {
      throw broken;
    }
    broken =
      json === undefined
        ? new Error(`${logFile}: line ${number} is no JSON, and more follows: restore the file`)
        : undefined;
    if (hasKnownKind(json)) {
      entries.push(checked(json, `${logFile}: line ${number}`));
    }
  }
  return entries;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function hasKnownKind(json: unknown): json is { readonly kind: string } {
  return typeof json === 'object' && json !== null && 'kind' in json && KNOWN_KINDS.has(String(json.kind));
}

function isOpening(json: unknown): boolean {
  return hasKnownKind(json) && json.kind === 'log.opened';
}

function checked(json: unknown, where: string): LogEntry {
  const result = logEntrySchema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    const field = issue?.path.join('.') ?? '';
    throw new Error(`${where}: ${field}: ${issue?.message ?? 'wrong'}; use the log of a simulator of this version`);
  }
  return result.data;
}
