import fc from 'fast-check';
import { completePolicy } from '../../src/domain/complete-policy';
import { parsePartialPolicy } from '../../src/request/parse-partial-policy';

describe('parsePartialPolicy', () => {
  it('leaves gaps as they are', () => {
    expect(parsePartialPolicy({})).toEqual({ ok: true, policy: {} });
    expect(parsePartialPolicy({ retry: { factor: 3 } })).toEqual({ ok: true, policy: { retry: { factor: 3 } } });
  });

  it('fills the time to acknowledge and reads addresses', () => {
    const escalation = [
      { channel: 'sms', to: '+1 202 555 0102' },
      { channel: 'human', queue: 'desk' },
    ];
    expect(parsePartialPolicy({ escalation })).toEqual({
      ok: true,
      policy: {
        escalation: [
          { channel: 'sms', to: '+12025550102' },
          { channel: 'human', queue: 'desk', acknowledgeTimeout: '1h' },
        ],
      },
    });
  });

  it('names fields from the policy on', () => {
    expect(parsePartialPolicy({ maxAttempts: 0, escalation: [{ channel: 'human', queue: '' }], x: 1 })).toMatchObject({
      ok: false,
      problems: [{ field: 'maxAttempts' }, { field: 'escalation[0].queue' }, { field: 'x' }],
    });
    expect(parsePartialPolicy('x')).toEqual({
      ok: false,
      problems: [{ field: '', message: 'the policy is a text: give an object such as {"deliveryTimeout": "10m"}' }],
    });
  });

  it('never throws, and what it accepts can be completed', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        const parsed = parsePartialPolicy(input);
        expect(parsed.ok ? completePolicy('alert', parsed.policy) : parsed.problems).toBeTruthy();
      }),
    );
  });
});
