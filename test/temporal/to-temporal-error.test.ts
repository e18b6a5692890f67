import { ServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { TemporalUnavailableError, UpdateRefusedError, WorkflowMissingError } from '../../src/temporal/errors';
import { toTemporalError } from '../../src/temporal/to-temporal-error';

/** An error as the gRPC library makes it. */
const grpcError = (code: number, details: string) =>
  Object.assign(new Error(`${code} ${details}`), { code, details, metadata: {} });

it.each([
  ['no such workflow', new WorkflowNotFoundError('gone', 'deliver-1', undefined), WorkflowMissingError],
  ['a server that is away', new ServiceError('failed', { cause: grpcError(14, 'refused') }), TemporalUnavailableError],
  ['a server that is slow', grpcError(4, 'deadline'), TemporalUnavailableError],
  [
    'a workflow whose worker ended',
    new ServiceError('failed', { cause: grpcError(9, 'unexpected workflow task failure') }),
    TemporalUnavailableError,
  ],
  [
    'an update that was refused',
    new WorkflowUpdateFailedError(
      'failed',
      ApplicationFailure.create({ type: 'NoOpenTask', message: 'nobody is asked' }),
    ),
    UpdateRefusedError,
  ],
])('%s', (_, error, expected) => {
  expect(toTemporalError(error)).toBeInstanceOf(expected);
});

it('keeps the reason of an answer that is no outage', () => {
  const error = toTemporalError(new ServiceError('failed', { cause: grpcError(5, 'Namespace x is not found.') }));
  expect(error).not.toBeInstanceOf(TemporalUnavailableError);
  expect(error.message).toBe('Temporal refused: Namespace x is not found.');
});
