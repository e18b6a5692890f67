import { type ConversationStore } from '../database/conversation-store';
import { type AcceptInbound } from './accept-inbound';

/**
 * Takes inbound messages as `acceptInbound` does, and remembers before that when a person wrote on WhatsApp: for a day after that
 * it takes texts from us. On other channels nobody asks.
 */
export function notingInbound(
  acceptInbound: AcceptInbound,
  conversations: Pick<ConversationStore, 'noteInbound'>,
): AcceptInbound {
  return async (inbound) => {
    if (inbound.channel === 'whatsapp') {
      await conversations.noteInbound(inbound);
    }
    return await acceptInbound(inbound);
  };
}
