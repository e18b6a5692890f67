import { twilioErrors } from '../../errors/twilio-errors';
import { type Conversation } from '../../entities/conversation';
import { type DeliveryReceipt } from '../../entities/delivery-receipt';
import { formatPage } from '../../formatters/format-page';
import { formatReceipt } from '../../formatters/format-receipt';
import { readPage } from '../../state/read-page';
import { type ApiRequest } from '../api-request';
import { requireMessage, requireParent } from '../find';
import { addOperation } from '../operation-route';
import { readPageQuery } from '../page-query';
import { type RouteContext } from '../route-context';

const LIST_PATH = '/Conversations/:ConversationSid/Messages/:MessageSid/Receipts';
const ONE_PATH = '/Conversations/:ConversationSid/Messages/:MessageSid/Receipts/:DeliveryReceiptSid';

/** The delivery receipts of a message. */
export function addReceiptRoutes(context: RouteContext): void {
  const { state } = context.simulation;

  const urlOf = ({ baseUrl }: ApiRequest, { conversationSid }: Conversation, messageSid: string): string =>
    `${baseUrl}/Conversations/${conversationSid}/Messages/${messageSid}`;
  const format = (
    request: ApiRequest,
    conversation: Conversation,
    receipt: DeliveryReceipt,
  ): Record<string, unknown> => {
    const messageUrl = urlOf(request, conversation, receipt.messageSid);
    return formatReceipt(state.accountSid, request.pathServiceSid, messageUrl, receipt);
  };

  addOperation(context, { operation: 'receipts.list', method: 'get', path: LIST_PATH }, (request) => {
    const conversation = requireParent(state, request);
    const { messageSid, receipts } = requireMessage(state, conversation, request);
    const pageQuery = readPageQuery(request.query, 50);
    const page = readPage(receipts, pageQuery);
    const url = `${urlOf(request, conversation, messageSid)}/Receipts`;
    const body = formatPage('delivery_receipts', url, request.query, pageQuery, page, (receipt) =>
      format(request, conversation, receipt),
    );
    return { status: 200, body };
  });

  addOperation(context, { operation: 'receipts.fetch', method: 'get', path: ONE_PATH }, (request) => {
    const conversation = requireParent(state, request);
    const { receipts } = requireMessage(state, conversation, request);
    const wanted = request.params.DeliveryReceiptSid;
    const receipt = receipts.find(({ deliveryReceiptSid }) => deliveryReceiptSid === wanted);
    if (receipt === undefined) {
      throw twilioErrors.resourceNotFound(request.path);
    }
    return { status: 200, body: format(request, conversation, receipt) };
  });
}
