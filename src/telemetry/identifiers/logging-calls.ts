import { type CallStore } from '../../database/call-store';
import { type VoiceGateway } from '../../twilio/voice-gateway';
import { type LoggingGatewayOptions } from './logging-gateway';
import { type IdentifierLog } from './identifier-log';

/** The gateway for calls, with the identifiers logged that go to Twilio and come from there. */
export function loggingVoice(
  voice: VoiceGateway,
  { currentMessageId, log }: Pick<LoggingGatewayOptions, 'currentMessageId' | 'log'>,
): VoiceGateway {
  return {
    ...voice,
    placeCall: async (request) => {
      const callSid = await voice.placeCall(request);
      const { attempt, messageId } = request.key;
      const { conversationSid } = request;
      log.created({ messageId, attempt, conversationSid, callSid }, 'a call was placed at Twilio');
      return callSid;
    },
    findCalls: async (search) => {
      const calls = await voice.findCalls(search);
      for (const { callSid } of calls) {
        log.received(
          { messageId: currentMessageId(), callSid },
          'a call was found at Twilio that may be that of an attempt',
        );
      }
      return calls;
    },
    fetchCall: async (callSid) => {
      log.used({ messageId: currentMessageId(), callSid }, 'a call is read at Twilio');
      return await voice.fetchCall(callSid);
    },
    endCall: async (callSid) => {
      log.used({ messageId: currentMessageId(), callSid }, 'a call is ended at Twilio');
      return await voice.endCall(callSid);
    },
    redirectCall: async (callSid, twiml) => {
      log.used({ messageId: currentMessageId(), callSid }, 'a call is to leave a message');
      return await voice.redirectCall(callSid, twiml);
    },
  };
}

type Calls = Pick<CallStore, 'begin' | 'recordPlaced' | 'storeEvent'>;

/** The calls of the database, with identifiers logged where an attempt gets them. */
export function loggingCalls<Store extends Calls>(calls: Store, log: IdentifierLog): Store {
  return {
    ...calls,
    begin: async (message, call, provedAbsent) => {
      const grant = await calls.begin(message, call, provedAbsent);
      const { callSid, conversationSid, participantSid } = grant;
      const identifiers = {
        messageId: message.messageId,
        attempt: call.number,
        conversationSid,
        participantSid,
        callSid,
      };
      log.used(identifiers, 'an attempt calls somebody');
      return grant;
    },
    recordPlaced: async (messageId, attempt, placed) => {
      await calls.recordPlaced(messageId, attempt, placed);
      log.used({ messageId, attempt, ...placed }, 'the SID of a call was stored with its attempt');
    },
    storeEvent: async (told) => {
      const stored = await calls.storeEvent(told);
      const { attempt, event, messageId } = told;
      if (stored?.isNew === true) {
        log.used({ messageId, attempt, callSid: event.callSid }, 'what was told of a call was stored');
      }
      return stored;
    },
  };
}
