import { type RedriveRefusal } from '../redrive/redrive-message';

/** The message was not redriven; nothing has changed. The message says why, and what to do instead. */
export class RedriveRefusedError extends Error {
  override readonly name = 'RedriveRefusedError';
  readonly refusal: RedriveRefusal;

  constructor(refusal: RedriveRefusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}
