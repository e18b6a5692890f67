import { type QuietHoursRow } from '../../src/domain/quiet-hours-table';
import { CONVERSATION, MESSAGE_SID, NOON_MS, walk, type WalkOptions } from './support/hand-over-fakes';

const { conversationSid } = CONVERSATION;
const granted = { createId: 'create-1', conversation: CONVERSATION };
const NIGHT_MS = Date.UTC(2026, 10, 21, 4);
const EVENING_MS = Date.UTC(2026, 10, 21, 2) - 1;
const marketing = { category: 'marketing' } as const;
const inNewYork = { ...marketing, timeZone: 'America/New_York' };

const held = { kind: 'held', until: '2026-11-21T13:00:00.000Z', isBegun: false };

describe('quiet hours', () => {
  it('hold a message before anything is written or sent', async () => {
    const { calls, result } = walk({ grants: [], creates: [] }, { request: inNewYork, times: [NIGHT_MS] });
    await expect(result).resolves.toEqual({
      ...held,
      because:
        'allowed from 08:00 to 21:00 at the recipient, who is in America/New_York (Fri 23:00), as the request says',
    });
    expect(calls).toEqual([]);
  });

  it('that begin between the first look and the create hold it back all the same, and take the create back', async () => {
    const options = { request: inNewYork, times: [EVENING_MS, EVENING_MS + 1] };
    const { calls, result } = walk({ grants: [{}, granted], opens: [CONVERSATION], creates: [] }, options);
    await expect(result).resolves.toMatchObject({ ...held, isBegun: true });
    expect(calls).toEqual(['begin', 'open', `begin in ${conversationSid}`, 'withdraw create-1']);
  });

  it('do not hide what an earlier try left at Twilio', async () => {
    const openCreate = { createId: 'create-0', ageMs: 60_000 };
    const options = { attempt: 2, request: inNewYork, times: [NIGHT_MS] };
    const { result } = walk(
      { grants: [{ conversation: CONVERSATION, openCreate }], finds: [MESSAGE_SID], creates: [] },
      options,
    );
    await expect(result).resolves.toMatchObject({ kind: 'handed_over', messageSid: MESSAGE_SID });
  });

  it.each<[string, WalkOptions]>([
    ['are over', { request: inNewYork, times: [NOON_MS, NOON_MS] }],
    ['concern another category', { request: { timeZone: 'America/New_York' }, times: [NIGHT_MS, NIGHT_MS] }],
    [
      'are ignored by the request',
      { request: { ...inNewYork, ignoreQuietHours: { reason: 'asked' } }, times: [NIGHT_MS, NIGHT_MS] },
    ],
    ['somebody has let it out of', { request: inNewYork, isReleased: true, times: [NIGHT_MS, NIGHT_MS] }],
  ])('let a message pass that they %s', async (_why, options) => {
    const { result } = walk({ grants: [granted], creates: [MESSAGE_SID] }, options);
    await expect(result).resolves.toMatchObject({ kind: 'handed_over' });
  });

  it('are those of all zones of the country when the request says none', async () => {
    const { result } = walk({ grants: [], creates: [] }, { request: marketing, times: [NOON_MS] });
    await expect(result).resolves.toMatchObject({ kind: 'held', until: '2026-11-20T18:00:00.000Z' });
  });

  it('are those of the configuration first', async () => {
    const quietHours: QuietHoursRow[] = [
      { country: 'US', medium: 'text', windows: { marketing: { from: '13:00', to: '20:00' } }, source: 'test' },
    ];
    const { result } = walk({ grants: [], creates: [] }, { request: inNewYork, times: [NOON_MS], quietHours });
    await expect(result).resolves.toMatchObject({ kind: 'held', until: '2026-11-20T18:00:00.000Z' });
  });
});

describe('the time of a message', () => {
  const expiresAt = new Date(NOON_MS).toISOString();

  it.each([
    ['before it is over', NOON_MS - 1, 'handed_over'],
    ['when it is over', NOON_MS, 'expired'],
  ])('%s', async (_when, atMs, kind) => {
    const { result } = walk(
      { grants: [granted], creates: [MESSAGE_SID] },
      { request: { expiresAt }, times: [atMs, atMs] },
    );
    await expect(result).resolves.toMatchObject({ kind });
  });

  it('that ends between the first look and the create keeps it from being sent', async () => {
    const options = { request: { expiresAt }, times: [NOON_MS - 1, NOON_MS] };
    const { calls, result } = walk({ grants: [granted], creates: [] }, options);
    await expect(result).resolves.toMatchObject({ kind: 'expired', isBegun: true });
    expect(calls).toEqual(['begin', 'withdraw create-1']);
  });

  it('ends whether or not quiet hours are ignored', async () => {
    const request = { expiresAt, ignoreQuietHours: { reason: 'asked' } };
    const { result } = walk({ grants: [], creates: [] }, { request, times: [NOON_MS], isReleased: true });
    await expect(result).resolves.toMatchObject({ kind: 'expired', isBegun: false });
  });
});
