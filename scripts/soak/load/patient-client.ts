import { setMaxListeners } from 'node:events';
import { type SendRequestInput } from '../../../src/request/send-request-schema';
import { type Tally } from '../tally';
import { waitFor } from '../repeat';

const ANSWER_WITHIN_MS = 15_000;
const REPEAT_AFTER_MS = 1_000;
const ACCEPTED = 202;
const SERVER_ERROR = 500;

export interface PatientClientOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly tally: Tally;
  /** Gives up what has not been accepted yet. */
  readonly signal: AbortSignal;
}

/** A caller that does what posthorn asks of callers: it repeats a request with its key until it is answered. */
export interface PatientClient {
  /**
   * Posts until the answer is 202.
   * @returns the id of the message; undefined when it was refused for good, which is a problem, or when the signal came.
   */
  post(request: SendRequestInput, idempotencyKey: string): Promise<string | undefined>;
  /** Asks once for the end of a message, whatever comes of it. */
  cancel(messageId: string): Promise<void>;
}

/** @returns a client that counts its answers in the tally: `answer:202`. */
export function createPatientClient({ url, apiKey, tally, signal }: PatientClientOptions): PatientClient {
  // Each caller that waits for its next try listens.
  setMaxListeners(0, signal);
  const ask = async (path: string, headers: Record<string, string>, body: unknown): Promise<Response | undefined> => {
    try {
      const answer = await fetch(`${url}/v1/messages${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      tally.add(`answer:${answer.status}`);
      return answer;
    } catch {
      tally.add('answer:none');
      return undefined;
    }
  };
  const idOf = async (answer: Response): Promise<string | undefined> => {
    // The connection can be cut in the middle of the body too.
    const body = (await answer.json().catch(() => undefined)) as { readonly id: string } | undefined;
    return body?.id;
  };
  return {
    async post(request, idempotencyKey) {
      while (!signal.aborted) {
        const answer = await ask('', { 'idempotency-key': idempotencyKey }, request);
        const messageId = answer?.status === ACCEPTED ? await idOf(answer) : undefined;
        if (messageId !== undefined) {
          return messageId;
        }
        if (answer !== undefined && answer.status !== ACCEPTED && answer.status < SERVER_ERROR) {
          tally.problem(`a correct request was refused with ${answer.status}: ${await answer.text().catch(() => '')}`);
          return undefined;
        }
        tally.add('repeated posts');
        await waitFor(REPEAT_AFTER_MS, signal);
      }
      tally.problem('a request was not accepted by the end, however often it was repeated');
      return undefined;
    },
    async cancel(messageId) {
      const answer = await ask(`/${messageId}/cancel`, {}, {});
      await answer?.arrayBuffer().catch(() => undefined);
    },
  };
}
