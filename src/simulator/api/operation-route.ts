import { type ApiAnswer, type ApiHandler, type ApiRequest } from './api-request';
import { type ApiContext } from './api-context';
import { type Operation } from '../faults/operation';
import { twilioErrors } from '../errors/twilio-errors';
import { type Simulation } from '../simulation';
import { readForm } from './form-body';
import { playFault } from './play-fault';
import { requestAddresses } from './request-addresses';
import { type RouteContext } from './route-context';

/** An operation and where it is. */
export interface OperationRoute {
  readonly operation: Operation;
  readonly method: 'get' | 'post' | 'delete';
  /** Path after `/v1`, after the service, or after the account. */
  readonly path: string;
}

const SERVICE_PATH = '/v1/Services/:ChatServiceSid';

/** Adds an operation on the account's own path, `/v1/…`. */
export function addAccountOperation(context: RouteContext, route: OperationRoute, handler: ApiHandler): void {
  context.router[route.method](`/v1${route.path}`, (ctx) =>
    carryOut(context.simulation, ctx, route.operation, handler),
  );
}

/** Adds an operation on the path of a service, `/v1/Services/{IS}/…`. */
export function addServiceOperation(context: RouteContext, route: OperationRoute, handler: ApiHandler): void {
  context.router[route.method](SERVICE_PATH + route.path, (ctx) =>
    carryOut(context.simulation, ctx, route.operation, handler),
  );
}

/** Adds an operation of the API version 2010-04-01, whose paths name the account. */
export function addLegacyOperation(context: RouteContext, route: OperationRoute, handler: ApiHandler): void {
  const { simulation } = context;
  context.router[route.method](`/2010-04-01/Accounts/:AccountSid${route.path}`, (ctx) => {
    if (ctx.params.AccountSid !== simulation.state.accountSid) {
      throw twilioErrors.resourceNotFound(ctx.path);
    }
    return carryOut(simulation, ctx, route.operation, handler);
  });
}

/** Adds an operation on both: the path of a service, and the account's, which means the default service. */
export function addOperation(context: RouteContext, route: OperationRoute, handler: ApiHandler): void {
  addServiceOperation(context, route, handler);
  addAccountOperation(context, route, handler);
}

/** Adds an operation of another API than Conversations, by its whole path. */
export function addPathOperation(
  context: RouteContext,
  route: Pick<OperationRoute, 'operation' | 'method'> & { readonly path: string | RegExp },
  handler: ApiHandler,
): void {
  context.router[route.method](route.path, (ctx) => carryOut(context.simulation, ctx, route.operation, handler));
}

async function carryOut(
  simulation: Simulation,
  ctx: ApiContext & { readonly params: Record<string, string> },
  operation: Operation,
  handler: ApiHandler,
): Promise<void> {
  ctx.state.notes.operation = operation;
  const request = await readRequest(simulation, ctx);
  const addresses = (): readonly string[] => requestAddresses(simulation.state, request);
  const play = async (when: 'before' | 'after'): Promise<boolean> => {
    const placed = simulation.faults.take(operation, when, addresses);
    if (placed === undefined) {
      return true;
    }
    ctx.state.notes.faultIds.push(placed.faultId);
    return playFault(simulation, ctx, placed.fault.effect);
  };
  if (!(await play('before'))) {
    return;
  }
  const answer = await handler(request);
  if (await play('after')) {
    send(ctx, answer);
  }
}

async function readRequest(
  { state, options }: Simulation,
  ctx: ApiContext & { readonly params: Record<string, string> },
): Promise<ApiRequest> {
  const { ChatServiceSid: serviceSid, ...params } = ctx.params;
  const service = state.services.get(serviceSid ?? state.defaultServiceSid);
  if (service === undefined) {
    throw twilioErrors.resourceNotFound(ctx.path);
  }
  const requestedAt = new Date();
  const rootUrl = `${options.apiOrigin}/v1`;
  return {
    service,
    pathServiceSid: serviceSid ?? null,
    rootUrl,
    baseUrl: serviceSid === undefined ? rootUrl : `${rootUrl}/Services/${serviceSid}`,
    path: ctx.path,
    params,
    query: ctx.URL.searchParams,
    form: await readForm(ctx.req),
    webhookEnabled: ctx.get('X-Twilio-Webhook-Enabled') === 'true',
    requestedAt,
  };
}

function send(ctx: ApiContext, answer: ApiAnswer): void {
  ctx.status = answer.status;
  if (answer.body !== undefined) {
    ctx.body = answer.body;
  }
}
