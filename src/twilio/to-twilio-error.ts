import { RATE_LIMIT_CODES } from './error-codes';
import { TransportFault } from './transport-fault';
import { TwilioAnswer } from './twilio-answer';
import { TwilioError, type TwilioFault } from './twilio-error';

/**
 * What a lost answer means for an operation.
 * - `repeatable`: reads, and creates that Twilio itself keeps single; to do it again is harmless.
 * - `once`: creating a message or a call, or having a call say something, which must not be repeated blindly.
 */
export type Repeatability = 'repeatable' | 'once';

/**
 * Calls Twilio and turns whatever goes wrong into a `TwilioError`.
 * @param operation names the call for people, such as `create message`.
 */
export async function callTwilio<Result>(
  operation: string,
  repeatability: Repeatability,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw toTwilioError(operation, repeatability, error);
  }
}

/** The one place where errors of the request client and of the SDK become the gateway's. */
export function toTwilioError(operation: string, repeatability: Repeatability, error: unknown): TwilioError {
  if (error instanceof TwilioError) {
    return error;
  }
  const withoutAnswer: TwilioFault = repeatability === 'once' ? 'ambiguous' : 'unreachable';
  if (error instanceof TwilioAnswer) {
    const { status, code, retryAfterMs } = error;
    return new TwilioError({
      fault: answerFault(error, withoutAnswer),
      operation,
      status,
      code,
      retryAfterMs,
      cause: error,
    });
  }
  if (error instanceof TransportFault) {
    return new TwilioError({ fault: error.wasNeverSent ? 'unreachable' : withoutAnswer, operation, cause: error });
  }
  // The SDK could not read an answer that said yes. The error's text may quote the answer, so its name alone is kept.
  const name = error instanceof Error ? error.name : typeof error;
  return new TwilioError({
    fault: withoutAnswer,
    operation,
    cause: new Error(`${name} while reading Twilio's answer`),
  });
}

function answerFault({ status, code }: TwilioAnswer, withoutAnswer: TwilioFault): TwilioFault {
  if (status === 429 || (code !== undefined && RATE_LIMIT_CODES.has(code))) {
    return 'rate_limited';
  }
  return status >= 500 ? withoutAnswer : 'refused';
}
