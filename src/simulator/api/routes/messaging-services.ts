import { type MessagingService } from '../../account/account-schema';
import { twilioErrors } from '../../errors/twilio-errors';
import {
  formatMessagingService,
  formatPoolNumber,
  formatWhatsAppSender,
  MESSAGING_ORIGIN,
} from '../../formatters/format-messaging';
import { formatPage } from '../../formatters/format-page';
import { readPage } from '../../state/read-page';
import { type ApiRequest } from '../api-request';
import { addPathOperation } from '../operation-route';
import { readPageQuery } from '../page-query';
import { type RouteContext } from '../route-context';

/** At Twilio another host than that of Conversations; here the kind of the identifier tells the two apart. */
const SERVICE = /^\/v1\/Services\/(?<MessagingServiceSid>MG[0-9a-fA-F]{32})$/;
const SERVICE_NUMBERS = /^\/v1\/Services\/(?<MessagingServiceSid>MG[0-9a-fA-F]{32})\/PhoneNumbers$/;

/** Messaging services with their sender pools, and the senders of WhatsApp. They are only read. */
export function addMessagingServiceRoutes(context: RouteContext): void {
  const { accountBook, state } = context.simulation;
  const { accountSid } = state;
  const { createdAt } = accountBook;

  function requireService({ path }: ApiRequest): MessagingService {
    const named = (SERVICE.exec(path) ?? SERVICE_NUMBERS.exec(path))?.groups?.['MessagingServiceSid'];
    const service = accountBook.account.messagingServices.find(
      ({ messagingServiceSid }) => messagingServiceSid === named,
    );
    if (service === undefined) {
      throw twilioErrors.resourceNotFound(path);
    }
    return service;
  }

  addPathOperation(context, { operation: 'messagingServices.fetch', method: 'get', path: SERVICE }, (request) => ({
    status: 200,
    body: formatMessagingService(accountSid, requireService(request), createdAt),
  }));

  addPathOperation(
    context,
    { operation: 'messagingServiceNumbers.list', method: 'get', path: SERVICE_NUMBERS },
    (request) => {
      const { messagingServiceSid, phoneNumbers } = requireService(request);
      const pool = accountBook.account.numbers.filter(({ phoneNumber }) => phoneNumbers.includes(phoneNumber));
      const pageQuery = readPageQuery(request.query, 100);
      const url = `${MESSAGING_ORIGIN}/v1/Services/${messagingServiceSid}/PhoneNumbers`;
      const body = formatPage('phone_numbers', url, request.query, pageQuery, readPage(pool, pageQuery), (owned) =>
        formatPoolNumber(accountSid, messagingServiceSid, owned, createdAt),
      );
      return { status: 200, body };
    },
  );

  addPathOperation(
    context,
    { operation: 'channelSenders.list', method: 'get', path: '/v2/Channels/Senders' },
    ({ query }) => {
      if (query.get('Channel') !== 'whatsapp') {
        throw twilioErrors.invalidParameter('Channel', 'the simulator plays whatsapp only');
      }
      const pageQuery = readPageQuery(query, 100);
      const page = readPage(accountBook.account.whatsAppSenders, pageQuery);
      const url = `${MESSAGING_ORIGIN}/v2/Channels/Senders`;
      return { status: 200, body: formatPage('senders', url, query, pageQuery, page, formatWhatsAppSender) };
    },
  );
}
