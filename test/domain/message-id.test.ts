import fc from 'fast-check';
import { messageIdFor, randomIdempotencyKey } from '../../src/domain/message-id';
import { workflowIdFor } from '../../src/domain/workflow-id';

describe('messageIdFor', () => {
  it('is the same for the same tenant and key, and stays so between releases', () => {
    expect(messageIdFor('acme', 'order-1')).toBe('msg_vrbjidesvdqy6movurxhfzm2r6zv6kdk');
  });

  it('has a form that fits into paths and workflow ids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (tenant, key) => {
        expect(messageIdFor(tenant, key)).toMatch(/^msg_[a-z2-7]{32}$/);
      }),
    );
  });

  it('differs as soon as tenant or key differ', () => {
    const pair = fc.tuple(fc.string(), fc.string());
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        expect(messageIdFor(...a) === messageIdFor(...b)).toBe(a[0] === b[0] && a[1] === b[1]);
      }),
    );
  });

  it.each([
    [
      { tenant: 'a', key: 'bc' },
      { tenant: 'ab', key: 'c' },
    ],
    [
      { tenant: 'a","b', key: 'c' },
      { tenant: 'a', key: 'b","c' },
    ],
    [
      { tenant: '', key: 'a' },
      { tenant: 'a', key: '' },
    ],
    [
      { tenant: 'a', key: '\uD800' },
      { tenant: 'a', key: '\uDBFF' },
    ],
  ])('tells %j from %j', (a, b) => {
    expect(messageIdFor(a.tenant, a.key)).not.toBe(messageIdFor(b.tenant, b.key));
  });
});

describe('randomIdempotencyKey', () => {
  it('never gives the same key twice', () => {
    expect(randomIdempotencyKey()).not.toBe(randomIdempotencyKey());
  });
});

describe('workflowIdFor', () => {
  it('names the workflow after the message', () => {
    expect(workflowIdFor('msg_abc')).toBe('deliver-msg_abc');
  });
});
