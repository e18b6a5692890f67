import { repeat } from '../repeat';
import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';

const ANSWER_WITHIN_MS = 15_000;

/** What can be dead: where it is listed, under which name, and where one is taken up again. */
const DEAD = {
  messages: { list: '/v1/messages?dead=true', one: '/v1/messages' },
  callbacks: { list: '/v1/callbacks?status=dead', one: '/v1/callbacks' },
} as const;
export type Mortal = keyof typeof DEAD;

export interface RedriveDeadOptions {
  readonly stage: Pick<Stage, 'apiUrl' | 'apiKey'>;
  readonly tally: Tally;
}

/** Has dead messages and callbacks redriven again and again, as an operator does who has mended what was wrong. */
export async function keepRedriving(
  options: RedriveDeadOptions & { readonly everyMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const { everyMs, signal } = options;
  await repeat(
    () => everyMs,
    signal,
    async () => {
      await redriveDead('messages', options);
      await redriveDead('callbacks', options);
    },
  );
}

/** Has the dead ones redriven that the first page names. What is not answered is left to the next time. */
export async function redriveDead(what: Mortal, { stage, tally }: RedriveDeadOptions): Promise<void> {
  const ask = async (method: string, path: string): Promise<Response | undefined> =>
    await fetch(`${stage.apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${stage.apiKey}` },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch(() => undefined);
  const { list, one } = DEAD[what];
  const answer = await ask('GET', list);
  const page = answer?.ok === true ? await answer.json().catch(() => ({})) : {};
  for (const { id } of (page as Partial<Record<Mortal, readonly { readonly id: string }[]>>)[what] ?? []) {
    const redriven = await ask('POST', `${one}/${id}/redrive`);
    await redriven?.arrayBuffer().catch(() => undefined);
    tally.add(`redriven ${what}`, redriven?.status === 202 ? 1 : 0);
  }
}
