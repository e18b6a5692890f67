import { toTransportFault } from '../../src/twilio/transport-fault';

function networkError(code: string, syscall?: string): Error {
  return Object.assign(new Error('secret in the text'), { code, syscall });
}

test.each<readonly [string, unknown, boolean]>([
  ['a refused connection', networkError('ECONNREFUSED', 'connect'), true],
  ['an unknown host', networkError('ENOTFOUND', 'getaddrinfo'), true],
  ['a name server that is not there', networkError('EAI_AGAIN', 'getaddrinfo'), true],
  ['a connection that takes too long', networkError('ETIMEDOUT', 'connect'), true],
  ['a certificate that is not trusted', networkError('SELF_SIGNED_CERT_IN_CHAIN'), true],
  ['every address of a host refused', new AggregateError([networkError('ECONNREFUSED', 'connect')]), true],
  ['an error wrapped by the HTTP client', new Error('x', { cause: networkError('ECONNREFUSED', 'connect') }), true],
  ['a time-out after the connection was made', networkError('ETIMEDOUT', 'read'), false],
  ['a reset', networkError('ECONNRESET', 'read'), false],
  ['a reset without a system call', networkError('ECONNRESET'), false],
  ['the end of the time for the request', networkError('ERR_CANCELED'), false],
  ['something that is no error', 'text', false],
  ['no address of a host tried', new AggregateError([]), false],
])('%s: never sent is %s', (_name, error, wasNeverSent) => {
  expect(toTransportFault(error).wasNeverSent).toBe(wasNeverSent);
});

test('tells the code and nothing else of the error', () => {
  const fault = toTransportFault(networkError('ECONNRESET', 'read'));
  expect(fault.message).toBe('ECONNRESET: the request may have arrived');
  expect(fault.cause).toBeUndefined();
});
