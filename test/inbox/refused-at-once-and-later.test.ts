import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type AddressMarker } from '../../src/inbox/address-marker';
import { createOptOutMarker } from '../../src/inbox/opt-out-marker';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newSid, SENDER } from '../support/database-fixtures';

let database: TestDatabase;
let optOuts: OptOutStore;
let mark: AddressMarker;
beforeAll(async () => {
  database = await createTestDatabase();
  optOuts = createOptOutStore(database.database);
  mark = createOptOutMarker({ optOuts, optOutCodes: DEFAULT_OPT_OUT_CODES });
});
afterAll(() => database.drop());

const AT_ONCE = '2026-01-02T03:04:05.000Z';
const LATER = '2026-01-02T03:04:06.000Z';

test.each([
  ['first', (all: readonly (() => Promise<void>)[]) => all],
  ['last', (all: readonly (() => Promise<void>)[]) => all.toReversed()],
])(
  '21610 as the answer to one attempt, %s, and on the receipt of another: one mark, and each is in the history once',
  async (which, ordered) => {
    const address = `+12025550${which === 'first' ? '181' : '182'}`;
    const addresses = { recipient: address, sender: SENDER, channel: 'sms' } as const;
    const messageSid = newSid('IM');
    const answer = () => mark({ errorCode: 21610, subject: 'attempt 2 of msg_1', at: AT_ONCE }, addresses);
    const receipt = () => mark({ errorCode: 21610, status: 'failed', subject: messageSid, at: LATER }, addresses);
    for (const said of ordered([answer, answer, receipt, receipt])) {
      await said();
    }
    await Promise.all([answer, receipt, answer, receipt].map((said) => said()));
    expect(await optOuts.show(address)).toEqual([
      { scope: { sender: SENDER }, optedOut: true, source: 'receipt', at: LATER },
    ]);
    expect((await optOuts.history(address)).map(({ evidence }) => evidence)).toEqual([
      'error 21610 on attempt 2 of msg_1',
      `error 21610 on ${messageSid}`,
    ]);
  },
);
