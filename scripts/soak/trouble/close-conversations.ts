import { type Random } from '../random';
import { repeat } from '../repeat';
import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';

export interface CloseConversationsOptions {
  readonly stage: Pick<Stage, 'simulator' | 'credentials'>;
  /** Milliseconds between two. */
  readonly everyMs: number;
  readonly random: Random;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** Closes conversations behind posthorn's back, as somebody with access to the same Twilio account may. */
export async function closeConversations(options: CloseConversationsOptions): Promise<void> {
  const { everyMs, random, signal, stage, tally } = options;
  const { accountSid, authToken, serviceSid } = stage.credentials;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  await repeat(
    () => everyMs,
    signal,
    async () => {
      const { conversations } = stage.simulator.control.snapshot();
      const open = conversations.filter(({ state }) => state !== 'closed');
      const chosen = open[random.between(0, open.length - 1)];
      if (chosen === undefined) {
        return;
      }
      const url = `${stage.simulator.url}/v1/Services/${serviceSid}/Conversations/${chosen.conversationSid}`;
      const answer = await fetch(url, {
        method: 'POST',
        headers: { authorization },
        body: new URLSearchParams({ State: 'closed' }),
      });
      await answer.arrayBuffer();
      tally.add('conversations closed', answer.ok ? 1 : 0);
    },
  );
}
