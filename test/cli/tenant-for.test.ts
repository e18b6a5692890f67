import { tenantFor } from '../../src/cli/tenant-for';

test('the given tenant wins', () => {
  expect(tenantFor('acme', ['globex'])).toBe('acme');
});

test('the only known tenant is taken', () => {
  expect(tenantFor(undefined, ['globex'])).toBe('globex');
});

test('of several one has to be named', () => {
  expect(() => tenantFor(undefined, ['acme', 'globex'])).toThrow('names acme, globex: give --tenant <name>');
});
