import { createConversation } from '../../actions/create-conversation';
import { deleteConversation } from '../../actions/delete-conversation';
import { updateConversation } from '../../actions/update-conversation';
import { type Conversation } from '../../entities/conversation';
import { formatConversation } from '../../formatters/format-conversation';
import { formatPage } from '../../formatters/format-page';
import { readPage } from '../../state/read-page';
import { type ApiAnswer, type ApiRequest } from '../api-request';
import { requireConversation } from '../find';
import { addOperation } from '../operation-route';
import { readPageQuery } from '../page-query';
import { type RouteContext } from '../route-context';
import { readConversationChanges, readConversationDraft, readState } from './conversation-form';

const LIST_PATH = '/Conversations';
const ONE_PATH = '/Conversations/:ConversationSid';

/** Conversations. */
export function addConversationRoutes(context: RouteContext): void {
  const { simulation } = context;
  const { state } = simulation;

  function answer(status: 200 | 201, { baseUrl }: ApiRequest, conversation: Conversation): ApiAnswer {
    return { status, body: formatConversation(state.accountSid, baseUrl, conversation) };
  }

  addOperation(context, { operation: 'conversations.create', method: 'post', path: LIST_PATH }, (request) => {
    const { service, form, webhookEnabled } = request;
    const conversation = createConversation(simulation, service, readConversationDraft(form), webhookEnabled);
    return answer(201, request, conversation);
  });

  addOperation(context, { operation: 'conversations.list', method: 'get', path: LIST_PATH }, (request) =>
    answerList(state.accountSid, request),
  );

  addOperation(context, { operation: 'conversations.fetch', method: 'get', path: ONE_PATH }, (request) =>
    answer(200, request, requireConversation(state, request)),
  );

  addOperation(context, { operation: 'conversations.update', method: 'post', path: ONE_PATH }, (request) => {
    const conversation = requireConversation(state, request);
    const changes = readConversationChanges(request.form);
    updateConversation(simulation, request.service, conversation, changes, request.webhookEnabled);
    return answer(200, request, conversation);
  });

  addOperation(context, { operation: 'conversations.delete', method: 'delete', path: ONE_PATH }, (request) => {
    deleteConversation(simulation, request.service, requireConversation(state, request), request.webhookEnabled);
    return { status: 204 };
  });
}

function answerList(accountSid: string, { service, query, baseUrl }: ApiRequest): ApiAnswer {
  const pageQuery = readPageQuery(query, 100);
  const wanted = readState(query);
  const page = readPage(service.conversations, pageQuery, ({ state }) => wanted === undefined || state === wanted);
  const body = formatPage('conversations', baseUrl + LIST_PATH, query, pageQuery, page, (conversation) =>
    formatConversation(accountSid, baseUrl, conversation),
  );
  return { status: 200, body };
}
