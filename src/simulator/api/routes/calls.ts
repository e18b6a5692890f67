import { placeCall } from '../../actions/place-call';
import { updateCall } from '../../actions/update-call';
import { type Call } from '../../entities/call';
import { twilioErrors } from '../../errors/twilio-errors';
import { formatCall } from '../../formatters/format-call';
import { formatLegacyPage } from '../../formatters/format-legacy-page';
import { readPage } from '../../state/read-page';
import { type ApiRequest } from '../api-request';
import { addLegacyOperation } from '../operation-route';
import { readPageQuery } from '../page-query';
import { type RouteContext } from '../route-context';
import { readCallFilter } from './call-filter';
import { readCallChange, readCallDraft } from './call-form';

const LIST_PATH = '/Calls.json';
const ONE_PATH = '/Calls/:CallSid.json';

/** Calls. Source: https://www.twilio.com/docs/voice/api/call-resource */
export function addCallRoutes(context: RouteContext): void {
  const { simulation } = context;
  const { state, options } = simulation;

  function requireCall({ params, path }: ApiRequest): Call {
    const call = state.calls.get(params['CallSid'] ?? '');
    if (call === undefined) {
      throw twilioErrors.resourceNotFound(path);
    }
    return call;
  }

  addLegacyOperation(context, { operation: 'calls.create', method: 'post', path: LIST_PATH }, (request) => {
    const draft = readCallDraft(request.form, options.proxyAddresses);
    return { status: 201, body: formatCall(state.accountSid, placeCall(simulation, draft, request.requestedAt)) };
  });

  addLegacyOperation(context, { operation: 'calls.list', method: 'get', path: LIST_PATH }, ({ query, path }) => {
    const isWanted = readCallFilter(query);
    const nowMs = Date.now();
    // Newest first, as at Twilio; this list has no Order.
    const pageQuery = { ...readPageQuery(query, 1000), order: 'desc' as const };
    const isListed = (call: Call): boolean => call.listedFromMs <= nowMs && isWanted(call);
    const page = readPage([...state.calls.values()], pageQuery, isListed);
    const body = formatLegacyPage('calls', path, query, pageQuery, page, (call) => formatCall(state.accountSid, call));
    return { status: 200, body };
  });

  addLegacyOperation(context, { operation: 'calls.fetch', method: 'get', path: ONE_PATH }, (request) => ({
    status: 200,
    body: formatCall(state.accountSid, requireCall(request)),
  }));

  addLegacyOperation(context, { operation: 'calls.update', method: 'post', path: ONE_PATH }, (request) => {
    const call = requireCall(request);
    updateCall(simulation, call, readCallChange(request.form));
    return { status: 200, body: formatCall(state.accountSid, call) };
  });
}
