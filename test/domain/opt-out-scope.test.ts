import fc from 'fast-check';
import { CATEGORIES } from '../../src/domain/category';
import { MESSAGE_CHANNELS } from '../../src/domain/channel';
import { scopeCovers } from '../../src/domain/opt-out-scope';

const message = { sender: '+12025550100', channel: 'sms', category: 'alert' } as const;

describe('scopeCovers', () => {
  it.each([
    [{}, true],
    [{ sender: '+12025550100' }, true],
    [{ sender: '+12025550199' }, false],
    [{ channel: 'sms' }, true],
    [{ channel: 'whatsapp' }, false],
    [{ category: 'alert' }, true],
    [{ category: 'marketing' }, false],
    [{ sender: '+12025550100', channel: 'sms', category: 'alert' }, true],
    [{ sender: '+12025550100', channel: 'sms', category: 'marketing' }, false],
    [{ channel: 'whatsapp', category: 'alert' }, false],
  ] as const)('%j: %s', (scope, expected) => {
    expect(scopeCovers(scope, message)).toBe(expected);
  });

  it('covers at least as much when a part is left out', () => {
    const anyMessage = fc.record({
      sender: fc.constantFrom('+12025550100', '+12025550101'),
      channel: fc.constantFrom(...MESSAGE_CHANNELS),
      category: fc.constantFrom(...CATEGORIES),
    });
    fc.assert(
      fc.property(anyMessage, anyMessage, fc.constantFrom('sender', 'channel', 'category'), (scope, sent, part) => {
        const wider = Object.fromEntries(Object.entries(scope).filter(([name]) => name !== part));
        expect(scopeCovers(wider, sent) || !scopeCovers(scope, sent)).toBe(true);
      }),
    );
  });
});
