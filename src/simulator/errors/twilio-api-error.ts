/** A refusal in Twilio's own shape. Thrown by handlers, answered in one place. */
export class TwilioApiError extends Error {
  override readonly name = 'TwilioApiError';
  readonly status: number;
  readonly code: number;
  readonly retryAfterSeconds: number | undefined;

  /**
   * @param status HTTP status
   * @param code Twilio's error code, https://www.twilio.com/docs/api/errors
   * @param retryAfterSeconds sent as the Retry-After header when given
   */
  constructor(status: number, code: number, message: string, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The body of a refusal: `{code, message, more_info, status}`. */
export function twilioErrorBody(error: TwilioApiError): Record<string, string | number> {
  return {
    code: error.code,
    message: error.message,
    more_info: `https://www.twilio.com/docs/errors/${error.code}`,
    status: error.status,
  };
}
