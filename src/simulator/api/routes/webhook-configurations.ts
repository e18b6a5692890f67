import { type WebhookConfiguration } from '../../entities/webhook-configuration';
import { twilioErrors } from '../../errors/twilio-errors';
import { formatAccountWebhooks, formatServiceWebhooks } from '../../formatters/format-webhook-configuration';
import { type ApiAnswer, type ApiRequest } from '../api-request';
import { addAccountOperation, addServiceOperation } from '../operation-route';
import { type RouteContext } from '../route-context';

const PATH = '/Configuration/Webhooks';

/** The webhook configurations of the account and of each service. */
export function addWebhookConfigurationRoutes(context: RouteContext): void {
  const { accountSid, accountWebhooks } = context.simulation.state;

  const answerAccount = ({ rootUrl }: ApiRequest): ApiAnswer => ({
    status: 200,
    body: formatAccountWebhooks(accountSid, rootUrl + PATH, accountWebhooks),
  });
  const answerService = ({ baseUrl, service }: ApiRequest): ApiAnswer => ({
    status: 200,
    body: formatServiceWebhooks(accountSid, service.serviceSid, baseUrl + PATH, service.webhooks),
  });

  addAccountOperation(context, { operation: 'accountWebhooks.fetch', method: 'get', path: PATH }, answerAccount);
  addAccountOperation(context, { operation: 'accountWebhooks.update', method: 'post', path: PATH }, (request) => {
    update(accountWebhooks, request.form);
    return answerAccount(request);
  });
  addServiceOperation(context, { operation: 'serviceWebhooks.fetch', method: 'get', path: PATH }, answerService);
  addServiceOperation(context, { operation: 'serviceWebhooks.update', method: 'post', path: PATH }, (request) => {
    update(request.service.webhooks, request.form);
    return answerService(request);
  });
}

/** Changes what the form names; everything is checked before anything is changed. */
function update(configuration: WebhookConfiguration, form: URLSearchParams): void {
  const method = form.get('Method')?.toUpperCase() ?? configuration.method;
  if (method !== 'GET' && method !== 'POST') {
    throw twilioErrors.invalidWebhookMethod();
  }
  const postWebhookUrl = readUrl(form.get('PostWebhookUrl'), twilioErrors.invalidPostWebhookUrl);
  const preWebhookUrl = readUrl(form.get('PreWebhookUrl'), twilioErrors.invalidPreWebhookUrl);
  configuration.method = method;
  if (form.has('Filters')) {
    configuration.filters = form.getAll('Filters').filter((filter) => filter !== '');
  }
  if (postWebhookUrl !== undefined) {
    configuration.postWebhookUrl = postWebhookUrl;
  }
  if (preWebhookUrl !== undefined) {
    configuration.preWebhookUrl = preWebhookUrl;
  }
}

/** Undefined: not given; null: given as empty, which takes the URL away. */
function readUrl(text: string | null, refusal: () => Error): string | null | undefined {
  if (text === null) {
    return undefined;
  }
  if (text === '') {
    return null;
  }
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw refusal();
  }
  return text;
}
