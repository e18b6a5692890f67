import { type MessageChannel } from './channel';
import { classifyError } from './error-catalogue';

/** Why nothing is sent to an address that cannot be reached, until when, and how that is lifted: no address. */
export function describeSuppression(suppression: {
  readonly channel: MessageChannel;
  readonly errorCode: number;
  /** ISO 8601. */
  readonly until: string;
}): string {
  const { channel, errorCode, until } = suppression;
  const { meaning } = classifyError(errorCode);
  return `the address cannot be reached by ${channel}, so nothing was sent: error ${errorCode}, ${meaning}; posthorn believes that until ${until}, or until it is lifted with "posthorn suppressions lift" or DELETE /v1/suppressions/{address}`;
}
