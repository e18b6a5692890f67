import Router from '@koa/router';
import { type Middleware } from 'koa';
import { type CallScriptInput, type NumberScriptsInput } from '../calls/call-script';
import { type AccountInput } from '../account/account-schema';
import { type AddressScriptsInput, type DeliveryScriptInput } from '../delivery/delivery-script';
import { type FaultInput } from '../faults/fault';
import { answerControlErrors } from './answer-control-errors';
import { type InboundInput, type ReceiptUpdateInput } from './control-schemas';
import { readJson } from './json-body';
import { readLogRange } from './log-range';
import { type SimulatorControl } from './simulator-control';

/** The control API under `/_simulator`, in JSON. Whoever reaches the port may use it. */
export function controlRoutes(control: SimulatorControl): Middleware {
  const router = new Router({ prefix: '/_simulator' });
  router.use(answerControlErrors());
  addScriptRoutes(router, control);
  addCallScriptRoutes(router, control);
  addFaultRoutes(router, control);
  addTrafficRoutes(router, control);
  addCallRoute(router, control);
  addLogRoutes(router, control);
  addAccountRoutes(router, control);

  router.get('/health', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  router.post('/reset', (ctx) => {
    control.reset();
    ctx.status = 204;
  });
  return router.routes() as unknown as Middleware;
}

// The control checks what it is given, so these routes pass the JSON on as the type that it is meant to be.

function addScriptRoutes(router: Router, control: SimulatorControl): void {
  router.get('/scripts', (ctx) => {
    ctx.body = control.scripts();
  });
  router.post('/scripts', async (ctx) => {
    control.scriptAddress((await readJson(ctx.req)) as AddressScriptsInput);
    ctx.body = control.scripts();
  });
  router.delete('/scripts', (ctx) => {
    control.clearScripts();
    ctx.status = 204;
  });
  router.put('/default-script', async (ctx) => {
    control.setDefaultScript((await readJson(ctx.req)) as DeliveryScriptInput);
    ctx.body = control.scripts();
  });
}

function addCallScriptRoutes(router: Router, control: SimulatorControl): void {
  router.get('/call-scripts', (ctx) => {
    ctx.body = control.callScripts();
  });
  router.post('/call-scripts', async (ctx) => {
    control.scriptCalls((await readJson(ctx.req)) as NumberScriptsInput);
    ctx.body = control.callScripts();
  });
  router.put('/default-call-script', async (ctx) => {
    control.setDefaultCallScript((await readJson(ctx.req)) as CallScriptInput);
    ctx.body = control.callScripts();
  });
}

function addFaultRoutes(router: Router, control: SimulatorControl): void {
  router.get('/faults', (ctx) => {
    ctx.body = { faults: control.faults() };
  });
  router.post('/faults', async (ctx) => {
    ctx.body = control.addFault((await readJson(ctx.req)) as FaultInput);
    ctx.status = 201;
  });
  router.delete('/faults', (ctx) => {
    control.clearFaults();
    ctx.status = 204;
  });
  router.delete('/faults/:faultId', (ctx) => {
    control.removeFault(Number(ctx.params.faultId));
    ctx.status = 204;
  });
}

function addTrafficRoutes(router: Router, control: SimulatorControl): void {
  router.post('/inbound', async (ctx) => {
    const { message, optOut } = control.receiveInbound((await readJson(ctx.req)) as InboundInput);
    ctx.body = { conversationSid: message?.conversationSid ?? null, messageSid: message?.messageSid ?? null, optOut };
    ctx.status = 201;
  });
  router.post('/receipts', async (ctx) => {
    ctx.body = await control.updateReceipt((await readJson(ctx.req)) as ReceiptUpdateInput);
  });
  router.get('/state', (ctx) => {
    const { searchParams } = ctx.URL;
    ctx.body = control.snapshot({
      conversationSid: searchParams.get('conversationSid') ?? undefined,
      address: searchParams.get('address') ?? undefined,
    });
  });
}

function addAccountRoutes(router: Router, control: SimulatorControl): void {
  router.get('/account', (ctx) => {
    ctx.body = control.account();
  });
  router.patch('/account', async (ctx) => {
    control.changeAccount((await readJson(ctx.req)) as AccountInput);
    ctx.body = control.account();
  });
}

function addCallRoute(router: Router, control: SimulatorControl): void {
  router.get('/calls', (ctx) => {
    const { searchParams } = ctx.URL;
    ctx.body = {
      calls: control.calls({
        callSid: searchParams.get('callSid') ?? undefined,
        conversationSid: searchParams.get('conversationSid') ?? undefined,
        to: searchParams.get('to') ?? undefined,
      }),
    };
  });
  router.get('/timeline', (ctx) => {
    ctx.body = { timeline: control.timeline(ctx.URL.searchParams.get('conversationSid') ?? '') };
  });
}

function addLogRoutes(router: Router, control: SimulatorControl): void {
  router.get('/requests', (ctx) => {
    ctx.body = { requests: control.requests(readLogRange(ctx.URL.searchParams)) };
  });
  router.get('/webhooks', (ctx) => {
    ctx.body = { webhooks: control.webhooks(readLogRange(ctx.URL.searchParams)) };
  });
  router.get('/events', (ctx) => {
    ctx.body = { events: control.events(readLogRange(ctx.URL.searchParams)) };
  });
}
