import { TwilioError } from './twilio-error';

/** Sender and recipient are bound to each other in a conversation with others, so nothing can be said to this recipient alone. */
export class SharedPairError extends TwilioError {
  constructor() {
    super({ fault: 'refused', operation: 'open conversation' });
  }
}
