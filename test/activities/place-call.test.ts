import { MockActivityEnvironment } from '@temporalio/testing';
import { createPlaceCall, type PlaceCallInput, type PlaceResult } from '../../activities/place-call';
import { type CallGrant } from '../../src/database/call-store';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { parseSid } from '../../src/domain/sid';
import { NOON_MS } from './support/hand-over-fakes';

const CALL_SID = parseSid(`CA${'a'.repeat(32)}`, 'CA');
const TO = '+12025550123';
/** The first of the pool by now, and the one that the attempt was begun with. */
const [CONFIGURED, KEPT] = ['+12025550100', '+12025550109'];
const NIGHT_MS = Date.UTC(2026, 10, 21, 4);

const granted = { sender: CONFIGURED, createId: 'create-1' };
const left = { sender: CONFIGURED, openCreate: { createId: 'create-0', ageMs: 60_000 } };

interface World {
  readonly grants: CallGrant[];
  /** Whether the search finds a call. */
  readonly isFound?: boolean;
  /** What the clock shows each time it is looked at, in milliseconds since 1970. */
  readonly times: number[];
  /** The try of Temporal. */
  readonly attempt: number;
  readonly request?: { readonly expiresAt: string };
  readonly isReleased?: true;
}

/** Runs the activity for a marketing call to New York; every call of a dependency is written down in order. */
function walk({
  attempt,
  grants,
  isFound = false,
  isReleased,
  request = { expiresAt: '2026-11-30T00:00:00.000Z' },
  times,
}: World) {
  const calls: string[] = [];
  const note = <T>(call: string, answer: T): Promise<T> => {
    calls.push(call);
    return Promise.resolve(answer);
  };
  const snapshot = { callSid: CALL_SID, status: 'ringing', createdAt: '', updatedAt: '' };
  const placeCall = createPlaceCall({
    calls: {
      begin: (_, __, provedAbsent) => note(`begin without ${provedAbsent ?? 'proof'}`, grants.shift() as CallGrant),
      heldByOthers: () => Promise.resolve([]),
      recordPlaced: () => note('record', undefined),
    },
    voice: {
      publicBaseUrl: 'https://posthorn.example',
      gateway: {
        findCalls: ({ from }) => note(`find from ${from}`, isFound ? [snapshot] : []),
        placeCall: ({ from }) => note(`call from ${from}`, CALL_SID),
      },
    },
    messages: { withdrawCreate: (_, __, createId) => note(`withdraw ${createId}`, undefined) },
    senders: { voice: CONFIGURED },
    optOutCodes: DEFAULT_OPT_OUT_CODES,
    configuredSids: {},
    lookUpDelaysMs: [0],
    requestTimeoutMs: 10_000,
    quietHours: [],
    now: () => times.shift() ?? NOON_MS,
  });
  const message = {
    messageId: 'msg_1',
    tenant: 'tests',
    requestHash: 'hash',
    request: {
      to: TO,
      channel: 'sms' as const,
      content: { body: 'hello' },
      category: 'marketing' as const,
      timeZone: 'America/New_York',
      metadata: {},
      policy: DEFAULT_POLICIES.marketing,
      ...request,
    },
  };
  const call = {
    channel: 'voice' as const,
    to: TO,
    speech: { text: 'hello', language: 'en-US', repeat: 2 },
    offered: [],
    acknowledge: 'answer' as const,
    ringTimeout: '30s' as const,
  };
  const input: PlaceCallInput = { message, attempt: { number: 2, step: 1, call, ...(isReleased && { isReleased }) } };
  const environment = new MockActivityEnvironment({ attempt });
  const result = environment.run<[PlaceCallInput], PlaceResult, typeof placeCall>(placeCall, input);
  return { calls, result };
}

const AT_NIGHT = { kind: 'held', until: '2026-11-21T14:00:00.000Z' };

describe('quiet hours', () => {
  test('hold a call before anything is written', async () => {
    const { calls, result } = walk({ attempt: 1, grants: [], times: [NIGHT_MS] });
    await expect(result).resolves.toMatchObject({ ...AT_NIGHT, isBegun: false });
    expect(calls).toEqual([]);
  });

  test('that begin after the first look hold it back all the same, and take the create back', async () => {
    const { calls, result } = walk({ attempt: 1, grants: [granted], times: [NOON_MS, NIGHT_MS] });
    await expect(result).resolves.toMatchObject({ ...AT_NIGHT, isBegun: true });
    expect(calls).toEqual(['begin without proof', 'withdraw create-1']);
  });

  test('hold a repeated try that would call again', async () => {
    const { calls, result } = walk({ attempt: 2, grants: [left, granted], times: [NIGHT_MS] });
    await expect(result).resolves.toMatchObject({ ...AT_NIGHT, isBegun: true });
    expect(calls).toEqual([
      'begin without proof',
      `find from ${CONFIGURED}`,
      'begin without create-0',
      'withdraw create-1',
    ]);
  });

  test('do not hide what an earlier try left at Twilio', async () => {
    const { result } = walk({ attempt: 2, grants: [left], isFound: true, times: [NIGHT_MS] });
    await expect(result).resolves.toEqual({ kind: 'placed', callSid: CALL_SID });
  });

  test('let a call pass that somebody has let out of them', async () => {
    const { result } = walk({ attempt: 2, grants: [granted], isReleased: true, times: [NIGHT_MS] });
    await expect(result).resolves.toMatchObject({ kind: 'placed' });
  });
});

test('a repeated try after the time of the message calls nobody', async () => {
  const request = { expiresAt: new Date(NOON_MS).toISOString() };
  const { calls, result } = walk({ attempt: 2, grants: [granted], request, times: [NOON_MS] });
  await expect(result).resolves.toMatchObject({ kind: 'expired', isBegun: true });
  expect(calls).toEqual(['begin without proof', 'withdraw create-1']);
});

test('a repetition looks for its call, and calls, from the sender that the attempt was begun with', async () => {
  const grants = [
    { ...left, sender: KEPT },
    { ...granted, sender: KEPT },
  ];
  const { calls, result } = walk({ attempt: 2, grants, times: [] });
  await expect(result).resolves.toMatchObject({ kind: 'placed' });
  expect(calls).toEqual([
    'begin without proof',
    `find from ${KEPT}`,
    'begin without create-0',
    `call from ${KEPT}`,
    'record',
  ]);
});
