import { type MessageView } from '../http/presenters/message';
import { type OptOutHistoryView, type OptOutView } from '../http/presenters/opt-out';
import { type TaskView } from '../http/presenters/task';
import { type SendRequestInput } from '../request/send-request-schema';
import { type DemoDoctor } from './demo-doctor';
import { type PosthornApi } from './posthorn-api';
import { waitFor } from './wait-for';

/** Far longer than any scenario takes, and short enough for a person to wait for the reason. */
const PATIENCE_MS = 30_000;

/** A message that a scenario has sent. */
export interface SentMessage {
  readonly messageId: string;
  readonly workflowId: string;
  /** Set once it has ended. */
  attempts?: number;
}

/** What a scenario can do, and what it has done so far. */
export interface Stage {
  /** In the order of sending. */
  readonly sent: readonly SentMessage[];
  /** Lines for the end of the tour, below the table. */
  readonly shown: readonly string[];
  readonly doctor: DemoDoctor;
  /** Keeps lines for the end of the tour. */
  show(lines: readonly string[]): void;
  /** Waits until there is something to be had. */
  until<T>(what: string, ask: () => T | undefined): Promise<T>;
  /** Sends a message and returns its id. */
  send(request: SendRequestInput): Promise<string>;
  /** Waits until a message has ended. */
  ended(messageId: string): Promise<MessageView>;
  /** Waits until posthorn knows the call of a message. */
  called(messageId: string): Promise<void>;
  /** Waits until a person is asked to take a message. */
  taskFor(messageId: string, queue: string): Promise<TaskView>;
  acknowledge(messageId: string, by: string): Promise<void>;
  /** Waits until a number has opted out. */
  optedOut(address: string): Promise<OptOutView>;
  optOutHistory(address: string): Promise<OptOutHistoryView>;
}

export interface StageOptions {
  readonly api: PosthornApi;
  readonly doctor: DemoDoctor;
  readonly signal: AbortSignal;
  /** Tells the audience how the play goes. */
  readonly say: (line: string) => void;
}

/** The stage of one scenario. */
export function createStage({ api, doctor, signal, say }: StageOptions): Stage {
  const sent: SentMessage[] = [];
  const shown: string[] = [];
  const wait = <T>(what: string, ask: () => Promise<T | undefined>): Promise<T> =>
    waitFor(what, ask, { withinMs: PATIENCE_MS, signal });

  return {
    sent,
    shown,
    doctor,
    show: (lines) => void shown.push(...lines),
    async until(what, ask) {
      const found = await wait(what, () => Promise.resolve(ask()));
      say(what);
      return found;
    },
    async send(request) {
      const { id, workflowId } = await api.send(request);
      sent.push({ messageId: id, workflowId });
      return id;
    },
    async ended(messageId) {
      const message = await wait(`the end of ${messageId}`, async () => {
        const view = await api.show(messageId);
        return view.status === 'closed' ? view : undefined;
      });
      const entry = sent.find((candidate) => candidate.messageId === messageId);
      if (entry !== undefined) {
        entry.attempts = message.attempts.length;
      }
      say(`ended as ${message.outcome?.kind ?? 'nothing'}`);
      return message;
    },
    async called(messageId) {
      await wait(`a call for ${messageId}`, async () =>
        (await api.show(messageId)).attempts.find(({ callSid }) => callSid !== null),
      );
    },
    async taskFor(messageId, queue) {
      const task = await wait(`a task for ${messageId}`, async () =>
        (await api.listTasks(queue)).find((candidate) => candidate.messageId === messageId),
      );
      say(`a person of ${queue} is asked`);
      return task;
    },
    acknowledge: (messageId, by) => api.acknowledge(messageId, by),
    async optedOut(address) {
      const optOut = await wait('the opt-out', async () => {
        const view = await api.showOptOut(address);
        return view.optedOut ? view : undefined;
      });
      say('the opt-out is in the ledger');
      return optOut;
    },
    optOutHistory: (address) => api.showOptOutHistory(address),
  };
}
