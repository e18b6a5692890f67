import { type SimulatorState } from '../state/simulator-state';
import { type ApiRequest } from './api-request';
import { findConversation } from './find';

/** The addresses that a request is about: named by itself, or in the conversation of its path. */
export function requestAddresses(state: SimulatorState, request: ApiRequest): string[] {
  const { form, query, params } = request;
  const named = form.get('MessagingBinding.Address') ?? query.get('Address') ?? form.get('To') ?? query.get('To');
  if (named !== null) {
    return [named];
  }
  const call = state.calls.get(params['CallSid'] ?? '');
  if (call !== undefined) {
    return [call.to];
  }
  const { ConversationSid: conversationName } = params;
  const conversation =
    conversationName === undefined ? undefined : findConversation(state, request.service, conversationName);
  return [...(conversation?.participants.values() ?? [])].flatMap(({ binding }) => binding?.address ?? []);
}
