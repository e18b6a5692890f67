import { type Problem } from '../request/problem';
import { PROBLEMS, type ProblemCode, type ProblemDefinition } from './problems';

/** What a problem says beyond its definition. */
export interface ProblemDetails {
  /** This occurrence in words, without addresses or texts. */
  readonly detail?: string;
  /** What is wrong with which field, header or parameter; the messages name field and remedy. */
  readonly errors?: readonly Problem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the document. */
  readonly extensions?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Thrown anywhere below the HTTP layer's problem middleware, which alone writes it as an answer. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? PROBLEMS[code].title, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  get definition(): ProblemDefinition {
    return PROBLEMS[this.code];
  }
}
