import { temporal } from '@temporalio/proto';
import { deliveryEventSignal, stateQuery } from '../../workflows/contract';
import { until } from '../support/until';
import { buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver, receipt } from './support/scripted-activities';

const { EventType } = temporal.api.enums.v1;

/** What a delivered message may cost in Temporal: docs/architecture.md, "Cost". */
const MAX_EVENTS = 20;

let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await startDeliveryHarness();
});
afterAll(() => harness.stop());

async function deliver() {
  const sent = handedOver();
  const input = buildInput();
  const handle = await harness.start(input, { send: () => sent });
  await until('the wait', async () => (await handle.query(stateQuery)).status === 'awaiting_receipt');
  await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
  await handle.result();
  return { handle, input, sent };
}

it('tells the story in the search attributes, without anything personal', async () => {
  const { handle } = await deliver();
  const description = await handle.describe();
  const attributes = Object.fromEntries(
    description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
  );
  expect(attributes).toMatchObject({
    PosthornTenant: 'tests',
    PosthornChannel: 'sms',
    PosthornStatus: 'closed',
    PosthornOutcome: 'delivered',
  });
  expect(JSON.stringify(attributes)).not.toContain('555');
  await expect(description.staticSummary()).resolves.toBe('notification by sms for tests');
});

it('shows attempts and receipts in the current details', async () => {
  const sent = handedOver();
  const handle = await harness.start(buildInput(), { send: () => sent });
  const details = await until('the details', async () => {
    const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    return metadata.currentDetails?.includes(sent.messageSid) === true ? metadata.currentDetails : undefined;
  });
  expect(details).toContain('awaiting receipt');
  expect(details).toContain('attempt 1 by sms');
  expect(details.replaceAll(sent.messageSid, '')).not.toContain('555');
  await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
  await handle.result();
});

it('stays within the events that a delivered message may cost', async () => {
  const { handle } = await deliver();
  const { events } = await handle.fetchHistory();
  const types = (events ?? []).map(({ eventType }) => EventType[eventType ?? 0]);
  expect(types.length).toBeLessThanOrEqual(MAX_EVENTS);
  const upserts = types.filter((type) => type === 'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES');
  expect(upserts).toHaveLength(1);
});
