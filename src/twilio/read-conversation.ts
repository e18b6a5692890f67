import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { type ConversationSid } from '../domain/sid';
import { type Binding, fetchConversation, listBindings } from './conversation-requests';
import { type BoundParticipant, type ConversationSnapshot } from './gateway';
import { fromTwilioAddress } from './twilio-address';

/** Reads whether a conversation is open, and whom Twilio would send a message in it to. */
export async function readConversation(
  service: ServiceContext,
  conversationSid: ConversationSid,
): Promise<ConversationSnapshot | undefined> {
  const conversation = await fetchConversation(service, conversationSid);
  const bindings = conversation === undefined ? undefined : await listBindings(service, conversationSid);
  if (conversation === undefined || bindings === undefined) {
    return undefined;
  }
  const participants = bindings.flatMap(toParticipant).sort((a, b) => (a.participantSid < b.participantSid ? -1 : 1));
  return { isClosed: conversation.isClosed, participants };
}

/** Nobody, when the addresses are not of a channel that posthorn knows. */
function toParticipant({ address, participantSid, proxyAddress = '' }: Binding): BoundParticipant[] {
  const bound = fromTwilioAddress(address);
  const sender = fromTwilioAddress(proxyAddress)?.address;
  return bound === undefined || sender === undefined || sender === ''
    ? []
    : [{ participantSid, channel: bound.channel, recipient: bound.address, sender }];
}
