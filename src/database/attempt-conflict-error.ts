/** An attempt was told of a second message at Twilio, or was never begun. It must not be swallowed: one attempt is one message. */
export class AttemptConflictError extends Error {
  override readonly name = 'AttemptConflictError';

  constructor(messageId: string, attemptNumber: number) {
    super(
      `attempt ${attemptNumber} of message ${messageId} was not begun, was held back, or already has another message SID: ` +
        "compare the conversation's messages at Twilio with the attempt before sending anything",
    );
  }
}
