import { type MessageSummary } from '../database/message-store';
import { type TraceSelection, type TraceStore } from '../database/trace-store';
import { readIdentifier, type StoredIdentifier, type TracedIdentifier } from '../domain/identifier';
import { describeUntraced } from '../domain/untraced';
import { type RunFinder } from '../temporal/run-finder';

export interface FindTracedDependencies {
  readonly traces: TraceStore;
  /** Asked for the ids of runs only. */
  readonly client: RunFinder;
}

/** Where a text leads. A problem is a sentence part that begins with `is`. */
export type Traced =
  | {
      readonly kind: 'traced';
      readonly identifier: TracedIdentifier;
      /** Its kind in words. */
      readonly name: string;
      /** Newest first. */
      readonly messages: readonly [MessageSummary, ...MessageSummary[]];
    }
  /** It could be the identifier of a message, and is of none. */
  | { readonly kind: 'untraced'; readonly problem: string }
  /** It leads to no message, whatever it is. */
  | { readonly kind: 'not_traced'; readonly problem: string };

/** From a text to the messages that it belongs to, or why it belongs to none. @throws TemporalUnavailableError for the id of a run */
export async function findTraced(
  { client, traces }: FindTracedDependencies,
  text: string,
  selection: TraceSelection,
): Promise<Traced> {
  const reading = readIdentifier(text);
  if (!reading.isTraced) {
    return { kind: 'not_traced', problem: reading.problem };
  }
  const { identifier, name } = reading;
  const stored = identifier.kind === 'run' ? await ofRun(client, identifier.id) : identifier;
  const [newest, ...older] = stored === undefined ? [] : await traces.messagesOf(stored, selection);
  return newest === undefined
    ? { kind: 'untraced', problem: describeUntraced(identifier, name) }
    : { kind: 'traced', identifier, name, messages: [newest, ...older] };
}

/** What the run's workflow is called after; undefined when it is gone, or its workflow is not of one message. */
async function ofRun(client: RunFinder, runId: string): Promise<StoredIdentifier | undefined> {
  const workflowId = await client.workflowOfRun(runId);
  const reading = workflowId === undefined ? undefined : readIdentifier(workflowId);
  return reading?.isTraced === true && reading.identifier.kind !== 'run' ? reading.identifier : undefined;
}
