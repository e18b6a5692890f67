import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { type ParticipantInstance } from 'twilio/lib/rest/conversations/v1/service/conversation/participant';
import { type CallSid, type ConversationSid, isSid, parseSid } from '../domain/sid';
import { type ConversationOverview, type ParticipantSnapshot } from './account-gateway';
import { orUndefined } from './or-undefined';

/** Reads a conversation with everybody in it. @returns undefined when there is none. */
export function readConversationOverview(
  service: ServiceContext,
  conversationSid: ConversationSid,
): Promise<ConversationOverview | undefined> {
  return orUndefined('read conversation', async () => {
    const conversation = service.conversations(conversationSid);
    const { state } = await conversation.fetch();
    const participants = await conversation.participants.list({ pageSize: 100, limit: 1000 });
    return { state, participants: participants.map(toSnapshot) };
  });
}

function toSnapshot({ attributes, messagingBinding, sid: participantSid }: ParticipantInstance): ParticipantSnapshot {
  return {
    participantSid: parseSid(participantSid, 'MB'),
    bindingType: bindingField(messagingBinding, 'type'),
    address: bindingField(messagingBinding, 'address'),
    proxyAddress: bindingField(messagingBinding, 'proxy_address'),
    notedCallSids: callSidsIn(attributes),
  };
}

/** The SDK leaves the binding untyped, with the API's own field names. */
function bindingField(binding: unknown, name: 'type' | 'address' | 'proxy_address'): string | undefined {
  const value = typeof binding === 'object' && binding !== null ? (Reflect.get(binding, name) as unknown) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Attributes belong to whoever wrote them: only what has the form of a call SID is taken out of them. */
function callSidsIn(attributes: string | null): CallSid[] {
  const found = (attributes ?? '').match(/\bCA[0-9a-f]{32}\b/gi) ?? [];
  return [...new Set(found)].filter((text) => isSid(text, 'CA'));
}
