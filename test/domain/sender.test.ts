import fc from 'fast-check';
import { keptSender } from '../../src/domain/kept-sender';
import { chooseSender, MissingSenderError, type Senders } from '../../src/domain/sender';

const senders = { sms: '+12025550100', whatsapp: '+12025550109' };
const AMERICAN = '+12025550123';
const GERMAN = '+4930901820';

describe('one sender for each channel', () => {
  it.each([
    ['sms', '+12025550100'],
    ['whatsapp', '+12025550109'],
  ] as const)('is the configured one of %s', (channel, expected) => {
    expect(chooseSender({ channel }, senders)).toEqual({ sender: expected });
  });

  it('comes after the one that the message names', () => {
    expect(chooseSender({ from: '+12025550105', channel: 'sms' }, senders)).toEqual({ sender: '+12025550105' });
    expect(chooseSender({ from: '+12025550105', channel: 'sms' }, {})).toEqual({ sender: '+12025550105' });
  });

  it.each([
    [
      'sms',
      { whatsapp: '+12025550109' },
      'no sender is known for sms: give from, or set TWILIO_FROM or a pool sms:* in POSTHORN_SENDERS',
    ],
    [
      'whatsapp',
      { sms: '+12025550100', whatsapp: undefined },
      'no sender is known for whatsapp: give from, or set TWILIO_WHATSAPP_FROM or a pool whatsapp:* in POSTHORN_SENDERS',
    ],
  ] as const)('refuses %s without a sender', (channel, known, message) => {
    expect(() => chooseSender({ channel }, known)).toThrow(new MissingSenderError(channel));
    expect(() => chooseSender({ channel }, known)).toThrow(message);
  });
});

describe('pools', () => {
  const US = ['+12025550110', '+12025550111', '+12025550112'];
  const pooled: Senders = {
    ...senders,
    pools: [
      { channel: 'sms', country: 'US', senders: US },
      { channel: 'whatsapp', senders: ['+12025550120'] },
    ],
  };

  it('serve their country, and a pool for all the others', () => {
    expect(chooseSender({ channel: 'sms', to: AMERICAN }, pooled)).toEqual({
      sender: expect.stringMatching(/^\+1202555011[012]$/) as string,
      pool: expect.arrayContaining(US) as string[],
    });
    expect(chooseSender({ channel: 'whatsapp', to: AMERICAN }, pooled)).toEqual({ sender: '+12025550120' });
    expect(chooseSender({ channel: 'whatsapp', to: GERMAN }, pooled)).toEqual({ sender: '+12025550120' });
  });

  it('leave the rest to the sender of the channel', () => {
    expect(chooseSender({ channel: 'sms', to: GERMAN }, pooled)).toEqual({ sender: '+12025550100' });
    const { pools = [] } = pooled;
    expect(() => chooseSender({ channel: 'sms', to: GERMAN }, { pools })).toThrow(MissingSenderError);
  });

  it('stand back behind the sender that the message names', () => {
    expect(chooseSender({ channel: 'sms', to: AMERICAN, from: GERMAN }, pooled)).toEqual({ sender: GERMAN });
  });

  it('have a sender for steps whose recipient nobody knows yet', () => {
    expect(US).toContain(chooseSender({ channel: 'sms' }, { pools: pooled.pools ?? [] }).sender);
  });

  const anyNumber = fc.integer({ min: 2_000_000, max: 9_999_999 }).map((digits) => `+1202${digits}`);
  const anyPool = fc.uniqueArray(anyNumber, { minLength: 2, maxLength: 6 });
  const chosenOf = (to: string, pool: readonly string[]): string =>
    chooseSender({ channel: 'sms', to }, { pools: [{ channel: 'sms', senders: pool }] }).sender;

  it('give one recipient one sender, in whatever order they are written', () => {
    fc.assert(
      fc.property(anyNumber, anyPool, (to, pool) => {
        expect(chosenOf(to, pool.toReversed())).toBe(chosenOf(to, pool));
      }),
    );
  });

  it('take a sender away from nobody when another one goes or comes', () => {
    fc.assert(
      fc.property(anyNumber, anyPool, (to, [changed = '', ...others]) => {
        const all = chosenOf(to, [changed, ...others]);
        fc.pre(all !== changed);
        expect(chosenOf(to, others)).toBe(all);
      }),
    );
  });

  it('share the recipients fairly', () => {
    const recipients = Array.from({ length: 3_000 }, (_, index) => `+1202${2_000_000 + index * 7}`);
    const counts = US.map((sender) => recipients.filter((to) => chosenOf(to, US) === sender).length);
    expect(Math.min(...counts)).toBeGreaterThan(800);
  });
});

describe('the kept sender', () => {
  const pools = [{ channel: 'sms', senders: ['+12025550110', '+12025550111'] }] as const;
  const asked: unknown[] = [];
  const knowing = (known: string | undefined) => ({
    keptSender: (...question: unknown[]) => {
      asked.push(question);
      return Promise.resolve(known);
    },
  });
  beforeEach(() => void asked.splice(0));

  it('is the one of the pool that the recipient has a conversation with, else the chosen one', async () => {
    const addressed = { channel: 'sms', to: AMERICAN } as const;
    const chosen = chooseSender(addressed, { pools }).sender;
    const other = pools[0].senders.find((sender) => sender !== chosen);
    await expect(keptSender({ senders: { pools }, conversations: knowing(other) }, addressed)).resolves.toBe(other);
    await expect(keptSender({ senders: { pools }, conversations: knowing(undefined) }, addressed)).resolves.toBe(
      chosen,
    );
    expect(asked[0]).toEqual([AMERICAN, 'sms', [chosen, other]]);
  });

  it('is not asked for where there is no choice', async () => {
    const deps = { senders, conversations: knowing('+12025550199') };
    await expect(keptSender(deps, { channel: 'sms', to: AMERICAN })).resolves.toBe('+12025550100');
    expect(asked).toEqual([]);
  });
});
