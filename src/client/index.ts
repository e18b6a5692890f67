/**
 * `posthorn/client`: for services that have access to Temporal. Others use the HTTP API; both take the same requests.
 */
export {
  createPosthornClient,
  type PosthornClient,
  type PosthornClientOptions,
  type SendOptions,
  type SentMessage,
} from './posthorn-client';
export { InvalidRequestError } from './invalid-request-error';
export { RedriveRefusedError } from './redrive-refused-error';
export { createDataConverter } from '../temporal/data-converter';
export {
  IdempotencyConflictError,
  TemporalUnavailableError,
  UpdateRefusedError,
  WorkflowMissingError,
} from '../temporal/errors';
export { type EncryptionKey } from '../config/encryption-keys';
export { type Outcome, type OutcomeKind } from '../domain/outcome';
export { type Problem } from '../request/problem';
export { type SendRequestInput } from '../request/send-request-schema';
export {
  type AcknowledgeRequest,
  type AcknowledgeResult,
  type CancelResult,
  type DeliverMessageState,
  type ReleaseRequest,
  type ReleaseResult,
} from '../../workflows/contract';
