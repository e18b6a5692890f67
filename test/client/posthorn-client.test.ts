import { randomUUID } from 'node:crypto';
import {
  createPosthornClient,
  IdempotencyConflictError,
  InvalidRequestError,
  type PosthornClient,
  UpdateRefusedError,
  WorkflowMissingError,
} from '../../src/client';
import { messageIdFor } from '../../src/domain/message-id';
import { connectClient } from '../../src/temporal/connect-client';
import { ensureNamespace } from '../../src/temporal/namespace-setup';
import { addSearchAttributes } from '../../src/temporal/search-attribute-setup';
import { DEFAULT_TASK_QUEUE } from '../../workflows/contract';
import { testServices } from '../support/test-services';
import { until } from '../support/until';
import { type DeliveryHarness, startDeliveryHarness } from '../workflow/support/delivery-harness';
import { handedOver, receipt } from '../workflow/support/scripted-activities';

const TENANT = 'bookings';
const REQUEST = { to: '+1 202 555 0123', body: 'Your table is ready.' };

let harness: DeliveryHarness;
let posthorn: PosthornClient;
beforeAll(async () => {
  const namespace = `client-${randomUUID()}`;
  await makeNamespace(namespace);
  harness = await startDeliveryHarness({ namespace, taskQueue: DEFAULT_TASK_QUEUE });
  posthorn = createPosthornClient({ client: harness.client, tenant: TENANT });
});
afterAll(() => harness.stop());

async function makeNamespace(namespace: string): Promise<void> {
  const { client, close } = connectClient(
    { namespace, connectionOptions: { address: testServices().temporalAddress } },
    [],
  );
  await ensureNamespace(client);
  await addSearchAttributes(client);
  await close();
}

/** A key whose message will do as it is told. */
function keyFor(script: Parameters<DeliveryHarness['play']>[1]): { idempotencyKey: string; messageId: string } {
  const idempotencyKey = randomUUID();
  const messageId = messageIdFor(TENANT, idempotencyKey);
  harness.play(messageId, script);
  return { idempotencyKey, messageId };
}

it('sends a message and waits for its outcome', async () => {
  const key = keyFor({ send: () => handedOver((messageSid) => [receipt(messageSid, 'delivered')]) });
  const { messageId, workflowId } = await posthorn.send(REQUEST, key);
  expect({ messageId, workflowId }).toEqual({ messageId: key.messageId, workflowId: `deliver-${messageId}` });
  await expect(posthorn.waitForOutcome(messageId)).resolves.toMatchObject({ kind: 'delivered' });
  await expect(posthorn.get(messageId)).resolves.toMatchObject({ status: 'closed', outcome: { kind: 'delivered' } });
});

it('sends once for one key, and refuses the key for another request', async () => {
  const key = keyFor({ send: () => handedOver((messageSid) => [receipt(messageSid, 'delivered')]) });
  const sent = await Promise.all(Array.from({ length: 10 }, () => posthorn.send(REQUEST, key)));
  expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(1);
  await posthorn.waitForOutcome(key.messageId);
  expect(harness.callsOf(key.messageId).sendMessage).toHaveLength(1);
  await expect(posthorn.send({ ...REQUEST, body: 'another text' }, key)).rejects.toBeInstanceOf(
    IdempotencyConflictError,
  );
});

it('lists every problem of a request, and starts nothing', async () => {
  const error = await posthorn
    .send({ to: 'nobody', body: '', chanel: 'sms' } as never)
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect((error as InvalidRequestError).problems.map(({ field }) => field).sort()).toEqual(['body', 'chanel', 'to']);
});

it('cancels in the name of its tenant, and not twice', async () => {
  const key = keyFor({ send: () => handedOver() });
  const { messageId } = await posthorn.send(REQUEST, key);
  await until('the wait', async () => (await posthorn.get(messageId)).status === 'awaiting_receipt');
  await expect(posthorn.cancel(messageId)).resolves.toEqual({ isAlreadyHandedOver: true });
  await expect(posthorn.waitForOutcome(messageId)).resolves.toMatchObject({ kind: 'canceled' });
  await expect(posthorn.cancel(messageId)).rejects.toBeInstanceOf(WorkflowMissingError);
});

it('acknowledges the task of a person, and is refused before there is one', async () => {
  const key = keyFor({ send: () => handedOver() });
  const { messageId } = await posthorn.send(
    { ...REQUEST, policy: { deliveryTimeout: '1s', escalation: [{ channel: 'human', queue: 'desk' }] } },
    key,
  );
  await expect(posthorn.acknowledge(messageId, { by: 'ada' })).rejects.toBeInstanceOf(UpdateRefusedError);
  await until('the task', () => harness.callsOf(messageId).openTask[0]);
  await expect(posthorn.acknowledge(messageId, { by: 'ada' })).resolves.toEqual({ queue: 'desk' });
  await expect(posthorn.waitForOutcome(messageId)).resolves.toMatchObject({ kind: 'acknowledged' });
});

it('says when Temporal has no such message', async () => {
  await expect(posthorn.get('msg_unknown')).rejects.toBeInstanceOf(WorkflowMissingError);
});
