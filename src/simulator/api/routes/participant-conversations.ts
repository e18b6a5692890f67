import { twilioErrors } from '../../errors/twilio-errors';
import { formatPage } from '../../formatters/format-page';
import { formatParticipantConversation } from '../../formatters/format-participant-conversation';
import { readPage } from '../../state/read-page';
import { addOperation } from '../operation-route';
import { readPageQuery } from '../page-query';
import { type RouteContext } from '../route-context';

const PATH = '/ParticipantConversations';

/** The conversations that an address or an identity takes part in. */
export function addParticipantConversationRoutes(context: RouteContext): void {
  const { state } = context.simulation;

  addOperation(context, { operation: 'participantConversations.list', method: 'get', path: PATH }, (request) => {
    const { query, service, baseUrl } = request;
    const address = query.get('Address');
    const identity = query.get('Identity');
    if ((address === null) === (identity === null)) {
      throw twilioErrors.invalidParameter('Address', 'give either Address or Identity');
    }
    const found = [...(state.participantsByName.get(address ?? identity ?? '') ?? [])].flatMap((participant) => {
      const conversation = state.conversations.get(participant.conversationSid);
      const isOfKind = (participant.binding !== null) === (address !== null);
      return isOfKind && conversation?.serviceSid === service.serviceSid ? [{ participant, conversation }] : [];
    });
    const pageQuery = readPageQuery(query, 50);
    const page = readPage(found, pageQuery);
    const body = formatPage('conversations', baseUrl + PATH, query, pageQuery, page, ({ participant, conversation }) =>
      formatParticipantConversation(state.accountSid, baseUrl, participant, conversation),
    );
    return { status: 200, body };
  });
}
