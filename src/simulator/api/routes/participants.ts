import { addParticipant } from '../../actions/add-participant';
import { removeParticipant } from '../../actions/remove-participant';
import { updateParticipant } from '../../actions/update-participant';
import { type Conversation } from '../../entities/conversation';
import { type Participant } from '../../entities/participant';
import { formatPage } from '../../formatters/format-page';
import { formatParticipant } from '../../formatters/format-participant';
import { readPage } from '../../state/read-page';
import { type ApiRequest } from '../api-request';
import { requireParent, requireParticipant } from '../find';
import { addOperation } from '../operation-route';
import { readPageQuery } from '../page-query';
import { type RouteContext } from '../route-context';
import { readParticipantChanges, readParticipantDraft } from './participant-form';

const LIST_PATH = '/Conversations/:ConversationSid/Participants';
const ONE_PATH = '/Conversations/:ConversationSid/Participants/:ParticipantSid';

/** The participants of a conversation. */
export function addParticipantRoutes(context: RouteContext): void {
  const { simulation } = context;
  const { state, options } = simulation;

  const urlOf = ({ baseUrl }: ApiRequest, { conversationSid }: Conversation): string =>
    `${baseUrl}/Conversations/${conversationSid}`;
  const format = (request: ApiRequest, conversation: Conversation, participant: Participant): Record<string, unknown> =>
    formatParticipant(state.accountSid, request.pathServiceSid, urlOf(request, conversation), participant);

  addOperation(context, { operation: 'participants.create', method: 'post', path: LIST_PATH }, (request) => {
    const conversation = requireParent(state, request);
    const draft = readParticipantDraft(request.form, options.proxyAddresses);
    const participant = addParticipant(simulation, conversation, draft, request.webhookEnabled);
    return { status: 201, body: format(request, conversation, participant) };
  });

  addOperation(context, { operation: 'participants.list', method: 'get', path: LIST_PATH }, (request) => {
    const conversation = requireParent(state, request);
    const pageQuery = readPageQuery(request.query, 100);
    const page = readPage([...conversation.participants.values()], pageQuery);
    const url = `${urlOf(request, conversation)}/Participants`;
    const body = formatPage('participants', url, request.query, pageQuery, page, (participant) =>
      format(request, conversation, participant),
    );
    return { status: 200, body };
  });

  addOperation(context, { operation: 'participants.fetch', method: 'get', path: ONE_PATH }, (request) => {
    const conversation = requireParent(state, request);
    return { status: 200, body: format(request, conversation, requireParticipant(conversation, request)) };
  });

  addOperation(context, { operation: 'participants.update', method: 'post', path: ONE_PATH }, (request) => {
    const conversation = requireParent(state, request);
    const participant = requireParticipant(conversation, request);
    updateParticipant(
      simulation,
      conversation,
      participant,
      readParticipantChanges(request.form),
      request.webhookEnabled,
    );
    return { status: 200, body: format(request, conversation, participant) };
  });

  addOperation(context, { operation: 'participants.delete', method: 'delete', path: ONE_PATH }, (request) => {
    const conversation = requireParent(state, request);
    const participant = requireParticipant(conversation, request);
    removeParticipant(simulation, conversation, participant, request.webhookEnabled);
    return { status: 204 };
  });
}
