import { type Conversation } from '../entities/conversation';
import { type Message } from '../entities/message';
import { type Participant } from '../entities/participant';
import { type Service } from '../entities/service';
import { twilioErrors } from '../errors/twilio-errors';
import { type SimulatorState } from '../state/simulator-state';
import { type ApiRequest } from './api-request';

/** The conversation of a service by its SID or its unique name. */
export function findConversation(state: SimulatorState, service: Service, name: string): Conversation | undefined {
  const bySid = state.conversations.get(name);
  return bySid?.serviceSid === service.serviceSid ? bySid : service.conversationsByUniqueName.get(name);
}

/** The conversation that the path asks for itself. @throws TwilioApiError 20404 */
export function requireConversation(state: SimulatorState, request: ApiRequest): Conversation {
  const conversation = findConversation(state, request.service, request.params.ConversationSid ?? '');
  if (conversation === undefined) {
    throw twilioErrors.resourceNotFound(request.path);
  }
  return conversation;
}

/** The conversation under which the path asks for something. @throws TwilioApiError 50350 */
export function requireParent(state: SimulatorState, request: ApiRequest): Conversation {
  const conversation = findConversation(state, request.service, request.params.ConversationSid ?? '');
  if (conversation === undefined) {
    throw twilioErrors.conversationNotFound();
  }
  return conversation;
}

/** The participant of the path. @throws TwilioApiError 50432 */
export function requireParticipant(conversation: Conversation, request: ApiRequest): Participant {
  const participant = conversation.participants.get(request.params.ParticipantSid ?? '');
  if (participant === undefined) {
    throw twilioErrors.participantNotFound();
  }
  return participant;
}

/** The message of the path. @throws TwilioApiError 50500 */
export function requireMessage(state: SimulatorState, conversation: Conversation, request: ApiRequest): Message {
  const message = state.messages.get(request.params.MessageSid ?? '');
  if (message?.conversationSid !== conversation.conversationSid) {
    throw twilioErrors.messageNotFound();
  }
  return message;
}
