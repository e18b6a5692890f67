import fc from 'fast-check';
import { createOptOutStore, type OptOutStatement, type OptOutStore } from '../../src/database/opt-out-store';
import { type OptOutScope } from '../../src/domain/opt-out-scope';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createNumbers, newOptOut, newSid, RECIPIENT, SENDER } from '../support/database-fixtures';

let clone: TestDatabase;
let optOuts: OptOutStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  optOuts = createOptOutStore(clone.database);
});

afterAll(() => clone.drop());

const newAddress = createNumbers();

test('nothing was ever said', async () => {
  expect(await optOuts.show(RECIPIENT)).toEqual([]);
  expect(await optOuts.history(RECIPIENT)).toEqual([]);
});

test('a statement is kept whole and makes the state of its scope', async () => {
  const address = newAddress();
  const scope = { sender: SENDER, channel: 'sms', category: 'marketing' } as const;
  const statement = newOptOut({ address, scope, source: 'api', actor: 'acme', reason: 'letter of 3 May' });
  expect(await optOuts.record(statement)).toEqual({ isNew: true });
  expect(await optOuts.history(address)).toStrictEqual([statement]);
  const { optedOut, source, at } = statement;
  expect(await optOuts.show(address)).toStrictEqual([{ scope, optedOut, source, at }]);
});

test('scopes have states of their own, the widest comes first', async () => {
  const address = newAddress();
  const scopes = [{ sender: SENDER }, {}, { channel: 'sms' }, { sender: SENDER, channel: 'sms' }] as const;
  for (const scope of scopes) {
    await optOuts.record(newOptOut({ address, scope }));
  }
  const shown = await optOuts.show(address);
  expect(shown.map(({ scope }) => scope)).toEqual(
    [{}, { channel: 'sms' }, { sender: SENDER }, { sender: SENDER, channel: 'sms' }].toSorted(bySender),
  );

  function bySender(a: { sender?: string }, b: { sender?: string }): number {
    return (a.sender ?? '').localeCompare(b.sender ?? '');
  }
});

test('the same evidence twice changes nothing, thirty times at once neither', async () => {
  const address = newAddress();
  const statement = newOptOut({ address });
  const answers = await Promise.all(Array.from({ length: 30 }, () => optOuts.record(statement)));
  expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await optOuts.record({ ...statement, at: '2027-01-01T00:00:00.000Z' })).toEqual({ isNew: false });
  expect(await optOuts.history(address)).toEqual([statement]);
  expect(await optOuts.show(address)).toMatchObject([{ at: statement.at }]);
});

test('evidence is told apart by scope, source and direction', async () => {
  const address = newAddress();
  const statement = newOptOut({ address });
  const others: Partial<OptOutStatement>[] = [
    { scope: { channel: 'sms' } },
    { source: 'api' },
    { optedOut: false },
    { evidence: 'else' },
  ];
  for (const difference of [{}, ...others]) {
    expect(await optOuts.record({ ...statement, ...difference })).toEqual({ isNew: true });
  }
  expect(await optOuts.history(address)).toHaveLength(5);
});

test('the state is that of the newest statement, whatever the order, the repetitions and the company', async () => {
  const said = fc.record({
    second: fc.integer({ min: 0, max: 3 }),
    optedOut: fc.boolean(),
    scope: fc.constantFrom({}, { sender: SENDER }),
  });
  const cases = fc.array(said, { minLength: 1, maxLength: 6 }).chain((facts) =>
    fc.record({
      facts: fc.constant(facts),
      order: fc.array(fc.nat({ max: facts.length - 1 }), { maxLength: 6 }),
      isParallel: fc.boolean(),
    }),
  );
  const check = async ({ facts, order, isParallel }: { facts: Said[]; order: number[]; isParallel: boolean }) => {
    const address = newAddress();
    const statements = facts.map(({ second, ...rest }) =>
      newOptOut({ address, ...rest, at: `2026-01-01T00:00:0${second}.000Z`, evidence: newSid('IM') }),
    );
    const told = [...order, ...facts.keys()].flatMap((index) => statements[index] ?? []);
    const one = (statement: OptOutStatement): Promise<unknown> => optOuts.record(statement);
    await (isParallel
      ? Promise.all(told.map(one))
      : told.reduce<Promise<unknown>>((before, next) => before.then(() => one(next)), Promise.resolve()));

    const shown = await optOuts.show(address);
    const scopes: OptOutScope[] = [{}, { sender: SENDER }];
    for (const { sender } of scopes) {
      const inScope = facts.filter((fact) => fact.scope.sender === sender);
      const newest = Math.max(...inScope.map(({ second }) => second));
      const optedOut = inScope.some((fact) => fact.second === newest && fact.optedOut);
      const state = shown.find((entry) => entry.scope.sender === sender);
      expect(state?.optedOut).toBe(inScope.length === 0 ? undefined : optedOut);
    }
    expect(await optOuts.history(address)).toHaveLength(statements.length);
  };
  await fc.assert(fc.asyncProperty(cases, check), { numRuns: 60 });
});

interface Said {
  readonly second: number;
  readonly optedOut: boolean;
  readonly scope: { readonly sender?: string };
}

test('two statements of one millisecond leave the same state in either order, evidence included', async () => {
  const statements = [newOptOut({ evidence: 'a' }), newOptOut({ evidence: 'b' })];
  const states = await Promise.all(
    [statements, statements.toReversed()].map(async (inOrder) => {
      const address = newAddress();
      for (const statement of inOrder) {
        await optOuts.record({ ...statement, address });
      }
      return clone.database('opt_outs').where({ address }).pluck('evidence');
    }),
  );
  expect(states).toEqual([['b'], ['b']]);
});

test('history is told oldest first', async () => {
  const address = newAddress();
  for (const at of ['2026-03-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']) {
    await optOuts.record(newOptOut({ address, at }));
  }
  const history = await optOuts.history(address);
  expect(history.map(({ at }) => at.slice(0, 7))).toEqual(['2026-01', '2026-02', '2026-03']);
});

test.each([
  ['update', `update opt_out_history set reason = 'forged'`],
  ['delete', 'delete from opt_out_history'],
  ['truncate', 'truncate opt_out_history'],
])('history refuses %s', async (_what, sql) => {
  await expect(clone.database.raw(sql)).rejects.toThrow('opt_out_history is append-only');
});
