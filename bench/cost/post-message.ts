import { z } from 'zod';
import { type Posthorn } from '../posthorn/start-posthorn';

const accepted = z.object({ workflowId: z.string() });

/**
 * Sends a message over posthorn's HTTP API.
 * @returns the id of its workflow.
 * @throws Error with the API's answer when it is refused.
 */
export async function postMessage(
  { api, apiKey }: Pick<Posthorn, 'api' | 'apiKey'>,
  to: string,
  idempotencyKey: string,
): Promise<string> {
  const answer = await fetch(`${api.facts.url}/v1/messages`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': idempotencyKey,
    },
    body: JSON.stringify({ to, body: 'Hello.' }),
  });
  if (answer.status !== 202) {
    throw new Error(`POST /v1/messages was answered with ${answer.status}: ${await answer.text()}`);
  }
  return accepted.parse(await answer.json()).workflowId;
}
