import { Readable } from 'node:stream';
import fc from 'fast-check';
import { createOptOutStore, type OptOutStatement, type OptOutStore } from '../../src/database/opt-out-store';
import { parseAddress } from '../../src/domain/address';
import { importOptOuts, type RowProblem } from '../../src/opt-outs/import-opt-outs';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newOptOut, newSid, SENDER } from '../support/database-fixtures';
import { readText } from '../support/read-text';
import { until } from '../support/until';

let clone: TestDatabase;
let optOuts: OptOutStore;

beforeEach(async () => {
  clone = await createTestDatabase();
  optOuts = createOptOutStore(clone.database);
});

afterEach(() => clone.drop());

const NOW = '2026-05-01T00:00:00.000Z';

/** 100 numbers of each area are reserved for examples. */
const AREAS = Array.from({ length: 800 }, (_none, index) => 200 + index).filter(isArea);

function isArea(area: number): boolean {
  try {
    return parseAddress(`+1${area}5550100`).e164 !== '';
  } catch {
    return false;
  }
}

/** A number that is reserved for examples. */
function numberOf(index: number): string {
  return `+1${AREAS[Math.floor(index / 100)] ?? 0}55501${String(index % 100).padStart(2, '0')}`;
}

async function importText(text: string | AsyncIterable<Uint8Array>, store = optOuts, isDryRun = false) {
  const problems: RowProblem[] = [];
  const file = typeof text === 'string' ? Readable.from([Buffer.from(text)]) : text;
  const report = await importOptOuts(store, {
    file,
    map: {},
    howToMap: () => '',
    actor: 'acme',
    now: NOW,
    isDryRun,
    onProblem: (problem) => problems.push(problem),
  });
  return { ...report, problems };
}

const exportText = async (store: OptOutStore, ofHistory: boolean): Promise<string> =>
  readText(await store.export({ ofHistory }));

test('an export that is imported into an empty database is exported again to the byte', async () => {
  const other = await createTestDatabase();
  try {
    const reasons = ['said "stop"', 'two\r\nlines', '=HYPERLINK("x")', "'quoted'", '+1', ' blanks ', 'größer, 🛑'];
    const statements = reasons.flatMap((reason, index): OptOutStatement[] => [
      newOptOut({
        address: numberOf(1),
        reason,
        at: `2026-01-0${index + 1}T00:00:00.000Z`,
        source: 'api',
        actor: '@acme',
      }),
      newOptOut({ address: numberOf(index), scope: { sender: SENDER, channel: 'sms' }, optedOut: index % 2 === 0 }),
      newOptOut({ address: numberOf(index), scope: { category: 'marketing' }, source: 'receipt', actor: 'twilio' }),
      newOptOut({ address: numberOf(index), scope: { channel: 'voice' }, source: 'call_key', evidence: newSid('CA') }),
    ]);
    await optOuts.recordAll([...statements, newOptOut({ reason: '' })]);
    for (const ofHistory of [false, true]) {
      const csv = await exportText(optOuts, ofHistory);
      const copy = createOptOutStore(other.database);
      expect(await importText(csv, copy)).toMatchObject({ wrong: 0, problems: [] });
      expect(await exportText(copy, ofHistory)).toBe(csv);
    }
    expect(await importText(await exportText(optOuts, true), createOptOutStore(other.database))).toMatchObject({
      added: 0,
      moved: 0,
    });
  } finally {
    await other.drop();
  }
});

test('an export is read by spreadsheets as text and by programs as it is', async () => {
  await optOuts.record(newOptOut({ evidence: 'IM1', reason: '=1+1', scope: { sender: SENDER, channel: 'sms' } }));
  expect(await exportText(optOuts, false)).toBe(
    'address,sender,channel,category,optedOut,at,reason,source,evidence,actor\n' +
      "+12025550101,+12025550100,sms,,true,2026-01-02T03:04:05.678Z,'=1+1,inbound_word,IM1,recipient\n",
  );
});

test('twenty thousand rows go in once, however often they are imported, and good rows do not wait for bad ones', async () => {
  const rows = Array.from({ length: 20_000 }, (_none, index) =>
    index % 100 === 7 ? `+1202,${index}` : `${numberOf(index)},row ${index}`,
  );
  const csv = `Phone Number;Comment\n${rows.join('\n').replaceAll(',', ';')}\n`;
  const dry = await importText(csv, optOuts, true);
  expect(dry).toMatchObject({ rows: 20_000, added: 19_800, known: 0, wrong: 200, moved: 0 });
  expect(await clone.database('opt_out_history').first()).toBeUndefined();

  const first = await importText(csv);
  expect(first).toMatchObject({ rows: 20_000, added: 19_800, known: 0, wrong: 200, moved: 19_800 });
  expect(first.problems[0]).toEqual({
    line: 9,
    field: 'address',
    message: expect.stringContaining('address has too few digits for its country: check the digits') as string,
  });
  expect(first.problems).toHaveLength(200);
  for (const isDryRun of [true, false]) {
    expect(await importText(csv, optOuts, isDryRun)).toMatchObject({ added: 0, known: 19_800, wrong: 200, moved: 0 });
  }
  expect(await optOuts.show(numberOf(19_999))).toEqual([{ scope: {}, optedOut: true, source: 'import', at: NOW }]);
}, 120_000);

test('an older row never overturns a newer statement, and a newer one does', async () => {
  const address = numberOf(1);
  await optOuts.record(newOptOut({ address, at: '2026-02-01T00:00:00.000Z' }));
  await importText(`address,action,at,reason\n${address},start,2026-01-31,by letter\n`);
  expect(await optOuts.show(address)).toMatchObject([{ optedOut: true, source: 'inbound_word' }]);
  await importText(`address,action,at,reason\n${address},start,2026-02-02,by letter\n`);
  expect(await optOuts.show(address)).toMatchObject([{ optedOut: false, source: 'import' }]);
  expect(await optOuts.history(address)).toHaveLength(3);
});

test('a file that breaks off leaves whole batches, and the whole file completes them', async () => {
  const rows = Array.from({ length: 1_300 }, (_none, index) => `${numberOf(index)},letter\n`);
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`address,reason\n${rows.slice(0, 1_200).join('')}+1202555`);
    await Promise.reject(new Error('the connection broke off'));
  }
  await expect(importText(broken())).rejects.toThrow('the connection broke off');
  expect(await clone.database('opt_outs').count('* as count').first()).toEqual({ count: 1_000 });
  const whole = await importText(`address,reason\n${rows.join('')}`);
  expect(whole).toMatchObject({ added: 300, known: 1_000, wrong: 0 });
});

test('the state is that of the newest statement, however statements are put together and repeated', async () => {
  const said = fc.record({
    address: fc.constantFrom(numberOf(1), numberOf(2)),
    second: fc.integer({ min: 0, max: 2 }),
    optedOut: fc.boolean(),
    scope: fc.constantFrom({}, { sender: SENDER }),
    evidence: fc.constantFrom('a', 'b'),
  });
  const batches = fc.array(fc.array(said, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
  const check = async (given: readonly (readonly Said[])[]): Promise<void> => {
    const run = newSid('IM');
    const toStatement = ({ second, evidence, ...rest }: Said): OptOutStatement =>
      newOptOut({
        ...rest,
        evidence: `${evidence} ${second} ${run}`,
        at: `2026-01-01T00:00:0${second}.000Z`,
        actor: run,
      });
    const address = (index: number): string => numberOf(10 + index);
    const [together, alone, backwards] = [0, 2, 4].map((offset) =>
      given.map((batch) =>
        batch.map((one) => toStatement({ ...one, address: address(offset + (one.address === numberOf(1) ? 0 : 1)) })),
      ),
    );
    await clone.database('opt_outs').delete();
    await Promise.all((together ?? []).map((batch) => optOuts.recordAll(batch)));
    for (const statement of (alone ?? []).flat()) {
      await optOuts.record(statement);
    }
    await optOuts.recordAll((backwards ?? []).flat().reverse());
    const states = async (offset: number): Promise<unknown> => [
      await optOuts.show(address(offset)),
      await optOuts.show(address(offset + 1)),
    ];
    expect(await states(0)).toEqual(await states(2));
    expect(await states(4)).toEqual(await states(2));
  };
  await fc.assert(fc.asyncProperty(batches, check), { numRuns: 60 });
});

interface Said {
  readonly address: string;
  readonly second: number;
  readonly optedOut: boolean;
  readonly scope: { readonly sender?: string };
  readonly evidence: string;
}

test('the same rows in opposite orders, at once, do not wait for each other in a circle', async () => {
  for (let round = 0; round < 5; round += 1) {
    const statements = Array.from({ length: 500 }, (_none, index) =>
      newOptOut({ address: numberOf(index), at: `2026-01-0${round + 1}T00:00:00.000Z` }),
    );
    const counts = await Promise.all(
      [statements, statements.toReversed(), statements, statements.toReversed()].map((order) =>
        optOuts.recordAll(order),
      ),
    );
    expect(counts.reduce((sum, { added }) => sum + added, 0)).toBe(500);
  }
}, 60_000);

test('an export whose reader goes away gives its connection back', async () => {
  await optOuts.recordAll(
    Array.from({ length: 3_000 }, (_none, index) => newOptOut({ address: numberOf(index), reason: 'x'.repeat(400) })),
  );
  const stream = await optOuts.export({ ofHistory: true });
  await new Promise((resolve) => stream.once('readable', resolve));
  stream.destroy();
  await until('the end of the connection', async () => {
    const { rows } = await clone.database.raw<{ rows: unknown[] }>(
      "select 1 from pg_stat_activity where datname = current_database() and query like 'copy %'",
    );
    return rows.length === 0;
  });
});
