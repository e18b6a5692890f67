import { type OpenMessage } from '../../src/database/message-store';
import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { createTellOfLedger, tellingLedger } from '../../src/inbox/tell-of-ledger';
import { TemporalUnavailableError } from '../../src/temporal/errors';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newOptOut } from '../support/database-fixtures';

let clone: TestDatabase;
beforeAll(async () => {
  clone = await createTestDatabase();
});
afterAll(() => clone.drop());

const ADDRESS = '+12025550131';
const OTHER = '+12025550132';

function newLedger(): { readonly ledger: OptOutStore; readonly told: (readonly string[])[] } {
  const told: (readonly string[])[] = [];
  const ledger = tellingLedger(createOptOutStore(clone.database), (addresses) => {
    told.push(addresses);
  });
  return { ledger, told };
}

test('a new STOP is told once it is committed, a repetition and a START are not', async () => {
  const { ledger, told } = newLedger();
  const stop = newOptOut({ address: ADDRESS });
  await ledger.record(stop);
  await ledger.record(stop);
  await ledger.record(newOptOut({ address: ADDRESS, optedOut: false, at: '2027-01-01T00:00:00.000Z' }));
  expect(told).toEqual([[ADDRESS]]);
});

test('what a refusal of Twilio reveals is left to the next sends', async () => {
  const { ledger, told } = newLedger();
  const { isNew } = await ledger.record(newOptOut({ address: '+12025550134', source: 'receipt' }));
  expect(isNew).toBe(true);
  expect(told).toEqual([]);
});

test('of many statements each address that is opted out is told once, unless nothing changed', async () => {
  const { ledger, told } = newLedger();
  const statements = [
    newOptOut({ address: OTHER }),
    newOptOut({ address: OTHER, scope: { channel: 'sms' } }),
    newOptOut({ address: '+12025550133', optedOut: false }),
  ];
  await ledger.recordAll(statements);
  await ledger.recordAll(statements);
  expect(told).toEqual([[OTHER]]);
});

describe('the telling', () => {
  const open: OpenMessage[] = Array.from({ length: 50 }, (_, index) => ({
    workflowId: `deliver-${index}`,
    isScheduled: index % 2 === 0,
  }));

  test('reaches every open message, also when one of them cannot be told', async () => {
    const told: string[] = [];
    const reported: unknown[] = [];
    const tell = createTellOfLedger({
      messages: { openTo: () => Promise.resolve(open) },
      client: {
        tellOfLedger: ({ workflowId }) => {
          told.push(workflowId);
          const isAway = workflowId === 'deliver-7';
          return isAway ? Promise.reject(new TemporalUnavailableError('away')) : Promise.resolve('signalled');
        },
      },
      report: (error) => reported.push(error),
    });
    await tell([ADDRESS]);
    expect(told).toEqual(open.map(({ workflowId }) => workflowId));
    expect(reported).toEqual([new TemporalUnavailableError('away')]);
  });

  test('never fails', async () => {
    const reported: unknown[] = [];
    const tell = createTellOfLedger({
      messages: { openTo: () => Promise.reject(new Error('no database')) },
      client: { tellOfLedger: () => Promise.resolve('signalled') },
      report: (error) => reported.push(error),
    });
    await tell([ADDRESS]);
    expect(reported).toEqual([new Error('no database')]);
  });
});
