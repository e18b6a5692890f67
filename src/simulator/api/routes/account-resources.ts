import { twilioErrors } from '../../errors/twilio-errors';
import { formatAccount, formatApplication, formatConnectApp, formatNumber } from '../../formatters/format-account';
import { accountPath } from '../../formatters/format-account';
import { type ApiAnswer, type ApiHandler, type ApiRequest } from '../api-request';
import { addPathOperation } from '../operation-route';
import { type RouteContext } from '../route-context';

const ACCOUNT = '/2010-04-01/Accounts/:AccountSid';

/** What the account is and owns, in the API of 2010: numbers, applications, connect apps. It is only read. */
export function addAccountResourceRoutes(context: RouteContext): void {
  const { accountBook, state } = context.simulation;
  const { accountSid } = state;
  const { createdAt } = accountBook;

  const ofThisAccount =
    (handler: (request: ApiRequest) => Record<string, unknown> | undefined): ApiHandler =>
    (request): ApiAnswer => {
      const body = request.params['AccountSid'] === accountSid ? handler(request) : undefined;
      if (body === undefined) {
        throw twilioErrors.resourceNotFound(request.path);
      }
      return { status: 200, body };
    };

  addPathOperation(
    context,
    { operation: 'account.fetch', method: 'get', path: `${ACCOUNT}.json` },
    ofThisAccount(() => formatAccount(accountSid, accountBook.account, createdAt)),
  );
  addPathOperation(
    context,
    { operation: 'incomingPhoneNumbers.list', method: 'get', path: `${ACCOUNT}/IncomingPhoneNumbers.json` },
    ofThisAccount(({ query }) => {
      const wanted = query.get('PhoneNumber');
      const numbers = accountBook.account.numbers.filter(({ phoneNumber }) => phoneNumber.includes(wanted ?? ''));
      return formatWholeList(
        'incoming_phone_numbers',
        `${accountPath(accountSid)}/IncomingPhoneNumbers.json`,
        query,
        numbers.map((owned) => formatNumber(accountSid, owned, createdAt)),
      );
    }),
  );
  addPathOperation(
    context,
    { operation: 'applications.fetch', method: 'get', path: `${ACCOUNT}/Applications/:ApplicationSid.json` },
    ofThisAccount(({ params }) => {
      const found = accountBook.account.applications.find(
        ({ applicationSid }) => applicationSid === params['ApplicationSid'],
      );
      return found === undefined ? undefined : formatApplication(accountSid, found, createdAt);
    }),
  );
  addPathOperation(
    context,
    { operation: 'connectApps.fetch', method: 'get', path: `${ACCOUNT}/ConnectApps/:ConnectAppSid.json` },
    ofThisAccount(({ params }) => {
      const found = accountBook.account.connectApps.find(
        ({ connectAppSid }) => connectAppSid === params['ConnectAppSid'],
      );
      return found === undefined ? undefined : formatConnectApp(accountSid, found);
    }),
  );
}

/** A list of the API of 2010 that is answered on one page, however long it is. */
function formatWholeList(
  key: string,
  uri: string,
  query: URLSearchParams,
  entries: readonly unknown[],
): Record<string, unknown> {
  const page = query.size === 0 ? uri : `${uri}?${query.toString()}`;
  return {
    [key]: entries,
    page: 0,
    page_size: Number(query.get('PageSize') ?? '50'),
    start: 0,
    end: Math.max(0, entries.length - 1),
    uri: page,
    first_page_uri: page,
    next_page_uri: null,
    previous_page_uri: null,
  };
}
