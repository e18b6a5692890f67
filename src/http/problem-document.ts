import { type Problem } from '../request/problem';
import { type HttpProblem } from './http-problem';

/** The media type of problem documents. Source: https://www.rfc-editor.org/rfc/rfc9457 */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** An RFC 9457 problem document, with the members `code`, `remedy` and `errors` of our own. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
  readonly errors?: readonly Problem[];
  /** Names this occurrence; the logs have the same request id. */
  readonly instance: string;
}

/** Writes a problem as a document. */
export function problemDocument(problem: HttpProblem, requestId: string): ProblemDocument {
  const { status, title, remedy } = problem.definition;
  const { errors, extensions } = problem.details;
  return {
    type: `urn:posthorn:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    remedy,
    ...(errors === undefined ? {} : { errors }),
    instance: `urn:uuid:${requestId}`,
    ...extensions,
  };
}
