import { type OptOutStatement } from '../../src/database/opt-out-store';
import { type Suppression, type SuppressionLift } from '../../src/database/suppression-store';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { DEFAULT_SUPPRESSION_CODES } from '../../src/domain/suppression-code';
import { inTurn } from '../../src/inbox/address-marker';
import { createOptOutMarker } from '../../src/inbox/opt-out-marker';
import { createSuppressionMarker } from '../../src/inbox/suppression-marker';

function newMarker() {
  const said: (OptOutStatement | Suppression | SuppressionLift)[] = [];
  const keep = <Answer>(one: (typeof said)[number], answer: Answer): Promise<Answer> => {
    said.push(one);
    return Promise.resolve(answer);
  };
  const optOuts = { record: (one: OptOutStatement) => keep(one, { isNew: true }) };
  const suppressions = {
    suppress: (one: Suppression) => keep(one, undefined),
    lift: (one: SuppressionLift) => keep(one, 1),
  };
  const mark = inTurn(
    createOptOutMarker({ optOuts, optOutCodes: DEFAULT_OPT_OUT_CODES }),
    createSuppressionMarker({ suppressions, suppressionCodes: DEFAULT_SUPPRESSION_CODES }),
  );
  return { mark, said };
}

const addresses = { recipient: '+12025550123', sender: '+12025550100', channel: 'sms' } as const;
const AT = '2026-01-02T03:04:05.000Z';

test('1,000 filtered messages mark nobody', async () => {
  const { mark, said } = newMarker();
  for (let index = 0; index < 1_000; index += 1) {
    await mark({ errorCode: 30007, status: 'failed', subject: `IM${index}`, at: AT }, addresses);
  }
  expect(said).toEqual([]);
});

test('a blocked recipient is an opt-out from that sender, and no suppression', async () => {
  const { mark, said } = newMarker();
  await mark({ errorCode: 21610, status: 'failed', subject: 'IM1', at: AT }, addresses);
  expect(said).toEqual([
    {
      address: '+12025550123',
      scope: { sender: '+12025550100' },
      optedOut: true,
      source: 'receipt',
      evidence: 'error 21610 on IM1',
      actor: 'twilio',
      at: AT,
    },
  ]);
});

test.each([
  [30005, '2026-02-01T03:04:05.000Z'],
  [21614, '2026-04-02T03:04:05.000Z'],
])('error %i suppresses the address on that channel until %s, and opts nobody out', async (errorCode, until) => {
  const { mark, said } = newMarker();
  await mark({ errorCode, subject: 'IM1', at: AT }, addresses);
  expect(said).toEqual([{ address: '+12025550123', channel: 'sms', errorCode, evidence: 'IM1', since: AT, until }]);
});

test('proof of delivery lifts a suppression, and asks for nothing where there is none', async () => {
  const { mark, said } = newMarker();
  await mark({ status: 'delivered', subject: 'IM1', at: AT }, addresses);
  expect(said).toEqual([]);
  await mark({ status: 'read', subject: 'IM1', at: AT }, { ...addresses, isSuppressed: true });
  expect(said).toEqual([
    { address: '+12025550123', channel: 'sms', saidBy: AT, by: 'delivery', reason: 'IM1 was read' },
  ]);
});

test('what was said about somebody else marks nobody', async () => {
  const { mark, said } = newMarker();
  for (const errorCode of [21610, 30005]) {
    await mark({ errorCode, subject: 'IM1', at: AT }, { channel: 'sms' });
    await mark({ errorCode, subject: 'IM1', at: AT }, { ...addresses, channel: 'conversation' });
  }
  expect(said).toEqual([]);
});
