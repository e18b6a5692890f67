import fc from 'fast-check';
import { completePolicy, type PartialPolicy } from '../../src/domain/complete-policy';
import { durationMs } from '../../src/domain/duration';
import { DEFAULT_POLICIES, type EscalationStep } from '../../src/domain/policy';
import { anyCategory, anyPolicy } from './arbitraries';

describe('completePolicy', () => {
  it('is the default of the category when nothing is given', () => {
    fc.assert(
      fc.property(anyCategory, (category) => {
        expect(completePolicy(category)).toEqual(DEFAULT_POLICIES[category]);
        expect(completePolicy(category, {}, { retry: {} })).toEqual(DEFAULT_POLICIES[category]);
      }),
    );
  });

  it('prefers the request to the configuration, and the configuration to the category, part by part', () => {
    const configured: PartialPolicy = { maxAttempts: 5, onTimeout: 'accept', retry: { factor: 3, maxDelay: '1h' } };
    const given: PartialPolicy = { maxAttempts: 2, retry: { factor: 1 } };
    expect(completePolicy('alert', configured, given)).toEqual({
      deliveryTimeout: '5m',
      maxAttempts: 2,
      retry: { initialDelay: '30s', factor: 1, maxDelay: '1h' },
      onTimeout: 'accept',
      escalation: [],
    });
  });

  it('has a clock for steps only where somebody sets one', () => {
    expect(completePolicy('alert')).not.toHaveProperty('stepTimeout');
    expect(completePolicy('alert', { stepTimeout: '1h' }).stepTimeout).toBe('1h');
    expect(completePolicy('alert', { stepTimeout: '1h' }, { stepTimeout: '5m' }).stepTimeout).toBe('5m');
  });

  it('replaces the ladder as a whole, also by an empty one', () => {
    const steps: EscalationStep[] = [{ channel: 'sms' }];
    expect(completePolicy('alert', { escalation: steps }).escalation).toEqual(steps);
    expect(completePolicy('alert', { escalation: steps }, { escalation: [] }).escalation).toEqual([]);
  });

  it('raises an inherited longest delay to the first one that is asked for', () => {
    expect(completePolicy('alert', undefined, { retry: { initialDelay: '1h' } }).retry).toEqual({
      initialDelay: '1h',
      factor: 2,
      maxDelay: '1h',
    });
    expect(completePolicy('alert', undefined, { retry: { initialDelay: '1m' } }).retry.maxDelay).toBe('15m');
  });

  it('keeps a longest delay that is asked for', () => {
    expect(completePolicy('alert', undefined, { retry: { maxDelay: '10s' } }).retry).toEqual({
      initialDelay: '30s',
      factor: 2,
      maxDelay: '10s',
    });
  });

  it('is what a whole policy says, and the same again when completed again', () => {
    fc.assert(
      fc.property(anyCategory, anyPolicy, anyPolicy, (category, configured, given) => {
        const complete = completePolicy(category, configured, given);
        expect(complete).toEqual(given);
        expect(completePolicy(category, complete)).toEqual(complete);
      }),
    );
  });
});

describe('the default policies', () => {
  it.each(Object.entries(DEFAULT_POLICIES))(
    '%s has durations that can be read',
    (_category, { deliveryTimeout, retry }) => {
      expect(durationMs(deliveryTimeout)).toBeGreaterThan(0);
      expect(durationMs(retry.initialDelay)).toBeLessThanOrEqual(durationMs(retry.maxDelay));
    },
  );
});
