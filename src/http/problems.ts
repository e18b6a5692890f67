/** One kind of problem, as RFC 9457 describes it, with what the caller can do about it. */
export interface ProblemDefinition {
  /** HTTP status. */
  readonly status: number;
  readonly title: string;
  /** What the caller can do; shown in every answer. */
  readonly remedy: string;
  /** For answers that are worth a repetition: seconds to wait, sent as Retry-After. */
  readonly retryAfterSeconds?: number;
}

/** Every problem that the API answers with, by code. */
export const PROBLEMS = {
  invalid_request: {
    status: 400,
    title: 'The request is not valid',
    remedy: 'Mend what `errors` lists, then send the request again.',
  },
  invalid_json: {
    status: 400,
    title: 'The body is not valid JSON',
    remedy: 'Send one JSON object in UTF-8.',
  },
  body_incomplete: {
    status: 400,
    title: 'The body did not arrive whole',
    remedy: 'Check Content-Length and the connection, then send the request again.',
  },
  unauthorized: {
    status: 401,
    title: 'No valid API key',
    remedy: 'Send the header `Authorization: Bearer <key>` with a key out of POSTHORN_API_KEYS.',
  },
  signature_invalid: {
    status: 403,
    title: 'The signature does not hold',
    remedy:
      'Only Twilio posts here. If this came from Twilio, compare PUBLIC_BASE_URL with the webhook URL configured at Twilio and TWILIO_AUTH_TOKEN with the auth token of the account.',
  },
  foreign_account: {
    status: 403,
    title: 'The webhook belongs to another Twilio account',
    remedy: 'Point the webhook of TWILIO_ACCOUNT_SID here, or set TWILIO_ACCOUNT_SID to the account that sends it.',
  },
  not_found: {
    status: 404,
    title: 'There is nothing at this address',
    remedy: 'Check the path; README.md lists the routes.',
  },
  message_not_found: {
    status: 404,
    title: 'There is no such message',
    remedy: 'Use the `id` from the answer to POST /v1/messages, with an API key of the same tenant.',
  },
  identifier_not_found: {
    status: 404,
    title: 'The identifier leads to no message',
    remedy:
      '`errors` says what it looks like, where it was looked for and what to do next; docs/identifiers.md says what leads where.',
  },
  callback_not_found: {
    status: 404,
    title: 'There is no such callback',
    remedy: 'Use an `id` that GET /v1/callbacks lists, with an API key of the same tenant.',
  },
  task_not_found: {
    status: 404,
    title: 'There is no such task',
    remedy: 'Use an `id` that GET /v1/tasks lists, with an API key of the same tenant.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed here',
    remedy: 'Use a method that the Allow header lists.',
  },
  idempotency_conflict: {
    status: 409,
    title: 'The Idempotency-Key was used for another request',
    remedy: 'Use a new Idempotency-Key for a new message, or send the first request unchanged.',
  },
  message_closed: {
    status: 409,
    title: 'The message has ended',
    remedy: 'Read its outcome with GET /v1/messages/{id}; an ended message cannot be changed.',
  },
  message_not_started: {
    status: 409,
    title: 'The delivery of the message has not started',
    remedy: 'Send the original POST /v1/messages again with the same Idempotency-Key; that starts it.',
  },
  message_not_dead: {
    status: 409,
    title: 'There is nothing of ours to repair',
    remedy: 'Do as `detail` says; GET /v1/messages?dead=true lists what can be redriven.',
  },
  message_still_open: {
    status: 409,
    title: 'The message has not ended',
    remedy:
      'Wait for its outcome: GET /v1/messages/{id}. Only a message that ended for a reason of ours can be redriven.',
  },
  callback_not_dead: {
    status: 409,
    title: 'The callback is not dead',
    remedy:
      'Redrive only what GET /v1/callbacks?status=dead lists: a pending callback is being told, a delivered one was taken.',
  },
  message_not_held: {
    status: 409,
    title: 'Quiet hours do not hold the message',
    remedy: 'Nothing is to be released; GET /v1/messages/{id} tells how far the message is.',
  },
  no_open_task: {
    status: 409,
    title: 'No task is open for this message',
    remedy: 'GET /v1/tasks lists the messages that wait for a person.',
  },
  task_closed: {
    status: 409,
    title: 'The task is closed',
    remedy: 'Nothing is left to do; `detail` says who took it or why it was closed. GET /v1/tasks lists what waits.',
  },
  task_claimed: {
    status: 409,
    title: 'Somebody else holds the task',
    remedy:
      'Let them give it back, or take another one: GET /v1/tasks?status=open. Whoever settles it may acknowledge it, claimed or not.',
  },
  task_not_claimed: {
    status: 409,
    title: 'Nobody holds the task',
    remedy: 'Nothing is to be given back; POST /v1/tasks/{id}/claim claims it.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    remedy: 'Send a smaller body; media travels as a `media` SID, not inside the request.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The content type is not supported',
    remedy: 'Send the body without compression, and with the `Content-Type` that `errors` names.',
  },
  recipient_opted_out: {
    status: 422,
    title: 'The recipient has opted out',
    remedy:
      'Nothing was accepted. Do not write to this recipient; without ?strict=true the message is accepted and ends as opted_out.',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong inside posthorn',
    remedy: 'Send the request again with the same Idempotency-Key; if it stays, give `instance` to the operators.',
  },
  database_unavailable: {
    status: 503,
    title: 'The database cannot be reached',
    remedy: 'Send the same request again, with the same Idempotency-Key; operators check DATABASE_URL and GET /readyz.',
    retryAfterSeconds: 2,
  },
  report_too_slow: {
    status: 503,
    title: 'The report took too long',
    remedy: 'Ask for a shorter window with since and until, or group by less; then add the parts up.',
    retryAfterSeconds: 30,
  },
  temporal_unavailable: {
    status: 503,
    title: 'Temporal cannot be reached',
    remedy:
      'Send the same request again, with the same Idempotency-Key; operators check TEMPORAL_ADDRESS and GET /readyz.',
    retryAfterSeconds: 2,
  },
  not_ready: {
    status: 503,
    title: 'posthorn is not ready',
    remedy: 'Mend what `errors` lists.',
    retryAfterSeconds: 2,
  },
} as const satisfies Readonly<Record<string, ProblemDefinition>>;

export type ProblemCode = keyof typeof PROBLEMS;
