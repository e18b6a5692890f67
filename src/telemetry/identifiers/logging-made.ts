import { type MadeAtTwilio } from '../../twilio/conversation-for-pair';
import { type LoggingGatewayOptions } from './logging-gateway';

/** Logs what was made on the way to a message: its conversation, and the participant in it. */
export function loggingMade({ log, currentMessageId }: LoggingGatewayOptions): (made: MadeAtTwilio) => void {
  return ({ conversationSid, participantSid }) => {
    const identifiers = { messageId: currentMessageId(), conversationSid, participantSid };
    log.created(
      identifiers,
      participantSid === undefined ? 'a conversation was made at Twilio' : 'a participant was added at Twilio',
    );
  };
}
