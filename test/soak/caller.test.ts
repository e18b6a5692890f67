import { Webhook } from 'standardwebhooks';
import { type Caller, startCaller } from '../../scripts/soak/load/caller';
import { createRandom, type Random } from '../../scripts/soak/random';
import { createTally, type Tally } from '../../scripts/soak/tally';

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

let caller: Caller;
let tally: Tally;
let answer: string;
beforeEach(async () => {
  tally = createTally();
  answer = 'taken';
  const weighted = (() => answer) as Random['weighted'];
  caller = await startCaller({ secret: SECRET, random: { ...createRandom(1), weighted }, tally });
});
afterEach(() => caller.stop());

/** @returns the status of the answer, 0 for none */
async function tell(callbackId: string, body = '{}', secret = SECRET): Promise<number> {
  const now = new Date();
  const headers = {
    'webhook-id': callbackId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(callbackId, now, body),
  };
  return await fetch(caller.callbackUrl, { method: 'POST', headers, body }).then(
    ({ status }) => status,
    () => 0,
  );
}

test.each([
  ['taken', 204, 204, true],
  ['taken, answer lost', 0, 204, true],
  ['refused', 500, 204, false],
  ['reset', 0, 204, false],
  ['gone', 410, 204, false],
])('a callback is %s at most once, and taken the second time', async (kind, first, second, isTaken) => {
  answer = kind;
  expect(await tell('evt_1')).toBe(first);
  expect(caller.takenIds.has('evt_1')).toBe(isTaken);
  expect(await tell('evt_1')).toBe(second);
  expect([...caller.takenIds]).toEqual(['evt_1']);
  expect(tally.problems()).toEqual([]);
});

test('takes everything once it has settled down', async () => {
  answer = 'refused';
  caller.settleDown();
  expect(await tell('evt_1')).toBe(204);
});

test('a signature that does not hold is a problem', async () => {
  const other = `whsec_${Buffer.alloc(24, 2).toString('base64')}`;
  expect(await tell('evt_1', '{}', other)).toBe(401);
  expect(tally.problems()).toEqual(['callback evt_1 has a signature that does not hold']);
  expect([...caller.takenIds]).toEqual([]);
});

test('another text under the same id is a problem', async () => {
  await tell('evt_1', '{"a":1}');
  await tell('evt_1', '{"a":2}');
  expect(tally.problems()).toEqual(['callback evt_1 says something else than the time before']);
});
