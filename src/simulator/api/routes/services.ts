import { twilioErrors } from '../../errors/twilio-errors';
import { formatPage } from '../../formatters/format-page';
import { formatService } from '../../formatters/format-service';
import { newSid } from '../../sids';
import { readPage } from '../../state/read-page';
import { addService } from '../../state/simulator-state';
import { addAccountOperation, addServiceOperation } from '../operation-route';
import { readPageQuery } from '../page-query';
import { type RouteContext } from '../route-context';

/** Conversation services. */
export function addServiceRoutes(context: RouteContext): void {
  const { state } = context.simulation;
  const { accountSid } = state;

  addAccountOperation(context, { operation: 'services.create', method: 'post', path: '/Services' }, (request) => {
    const friendlyName = request.form.get('FriendlyName') ?? '';
    if (friendlyName === '') {
      throw twilioErrors.invalidParameter('FriendlyName', 'give the service a name');
    }
    const service = addService(state, newSid('IS'), friendlyName);
    return { status: 201, body: formatService(accountSid, request.rootUrl, service) };
  });

  addAccountOperation(context, { operation: 'services.list', method: 'get', path: '/Services' }, (request) => {
    const pageQuery = readPageQuery(request.query, 100);
    const page = readPage([...state.services.values()], pageQuery);
    const url = `${request.rootUrl}/Services`;
    const body = formatPage('services', url, request.query, pageQuery, page, (service) =>
      formatService(accountSid, request.rootUrl, service),
    );
    return { status: 200, body };
  });

  addServiceOperation(context, { operation: 'services.fetch', method: 'get', path: '' }, (request) => ({
    status: 200,
    body: formatService(accountSid, request.rootUrl, request.service),
  }));
}
