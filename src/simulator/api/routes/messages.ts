import { addMessage } from '../../actions/add-message';
import { type Conversation } from '../../entities/conversation';
import { type Message } from '../../entities/message';
import { formatMessage } from '../../formatters/format-message';
import { formatPage } from '../../formatters/format-page';
import { readPage } from '../../state/read-page';
import { type ApiRequest } from '../api-request';
import { requireMessage, requireParent } from '../find';
import { addOperation } from '../operation-route';
import { readPageQuery } from '../page-query';
import { type RouteContext } from '../route-context';
import { readMessageDraft } from './message-form';

const LIST_PATH = '/Conversations/:ConversationSid/Messages';
const ONE_PATH = '/Conversations/:ConversationSid/Messages/:MessageSid';

/** The messages of a conversation. */
export function addMessageRoutes(context: RouteContext): void {
  const { simulation } = context;
  const { state } = simulation;

  const urlOf = ({ baseUrl }: ApiRequest, { conversationSid }: Conversation): string =>
    `${baseUrl}/Conversations/${conversationSid}`;
  const format = (request: ApiRequest, conversation: Conversation, message: Message): Record<string, unknown> =>
    formatMessage(state.accountSid, request.pathServiceSid, urlOf(request, conversation), message);

  addOperation(context, { operation: 'messages.create', method: 'post', path: LIST_PATH }, async (request) => {
    const conversation = requireParent(state, request);
    const draft = readMessageDraft(request.form);
    const { webhookEnabled: isTold, requestedAt } = request;
    const { message, toldEarly } = addMessage(simulation, conversation, draft, { isTold, requestedAt });
    await toldEarly;
    return { status: 201, body: format(request, conversation, message) };
  });

  addOperation(context, { operation: 'messages.list', method: 'get', path: LIST_PATH }, (request) => {
    const conversation = requireParent(state, request);
    const pageQuery = readPageQuery(request.query, 100);
    const nowMs = Date.now();
    const page = readPage(conversation.messages, pageQuery, ({ listedFromMs }) => listedFromMs <= nowMs);
    const url = `${urlOf(request, conversation)}/Messages`;
    const body = formatPage('messages', url, request.query, pageQuery, page, (message) =>
      format(request, conversation, message),
    );
    return { status: 200, body };
  });

  addOperation(context, { operation: 'messages.fetch', method: 'get', path: ONE_PATH }, (request) => {
    const conversation = requireParent(state, request);
    return { status: 200, body: format(request, conversation, requireMessage(state, conversation, request)) };
  });
}
