import { twilioErrors } from '../../errors/twilio-errors';
import { links } from '../../formatters/urls';
import { type ApiAnswer, type ApiRequest } from '../api-request';
import { readSid, refuseFields } from '../fields';
import { addAccountOperation } from '../operation-route';
import { type RouteContext } from '../route-context';

/** The account's configuration, of which the default service is played. */
export function addConfigurationRoutes(context: RouteContext): void {
  const { state } = context.simulation;

  function answer({ rootUrl }: ApiRequest): ApiAnswer {
    const url = `${rootUrl}/Configuration`;
    const body = {
      account_sid: state.accountSid,
      default_chat_service_sid: state.defaultServiceSid,
      default_messaging_service_sid: null,
      default_inactive_timer: null,
      default_closed_timer: null,
      url,
      links: links(url, { service: `Services/${state.defaultServiceSid}`, webhooks: 'Webhooks' }),
    };
    return { status: 200, body };
  }

  addAccountOperation(context, { operation: 'configuration.fetch', method: 'get', path: '/Configuration' }, answer);

  addAccountOperation(
    context,
    { operation: 'configuration.update', method: 'post', path: '/Configuration' },
    (request) => {
      refuseFields(request.form, ['DefaultMessagingServiceSid', 'DefaultInactiveTimer', 'DefaultClosedTimer']);
      const serviceSid = readSid(request.form, 'DefaultChatServiceSid', 'IS');
      if (serviceSid !== null && !state.services.has(serviceSid)) {
        throw twilioErrors.invalidParameter('DefaultChatServiceSid', 'the account has no such service');
      }
      state.defaultServiceSid = serviceSid ?? state.defaultServiceSid;
      return answer(request);
    },
  );
}
