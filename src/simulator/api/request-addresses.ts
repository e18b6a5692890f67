import { type SimulatorState } from '../state/simulator-state';
import { type ApiRequest } from './api-request';
import { findConversation } from './find';

/** The participant addresses that a request is about: named by itself, or in the conversation of its path. */
export function requestAddresses(state: SimulatorState, request: ApiRequest): string[] {
  const named = request.form.get('MessagingBinding.Address') ?? request.query.get('Address');
  if (named !== null) {
    return [named];
  }
  const { ConversationSid: conversationName } = request.params;
  const conversation =
    conversationName === undefined ? undefined : findConversation(state, request.service, conversationName);
  return [...(conversation?.participants.values() ?? [])].flatMap(({ binding }) => binding?.address ?? []);
}
