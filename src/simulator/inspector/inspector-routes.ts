import Router from '@koa/router';
import { type Context, type Middleware } from 'koa';
import { readForm } from '../api/form-body';
import { type SimulatorControl } from '../control/simulator-control';
import { type Simulation } from '../simulation';
import { type PageOpening, inspectorPage } from './inspector-page';
import { livePart } from './live-part';
import { PAGE_SCRIPT } from './page-script';
import { PAGE_STYLE } from './page-style';
import { participantOptions } from './reply-form';
import { sendReply } from './send-reply';

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The inspector page at `/` and what it loads. */
export function inspectorRoutes(simulation: Simulation, control: SimulatorControl): Middleware {
  const router = new Router();
  router.get('/', (ctx) =>
    answerPage(ctx, simulation, { participantSid: ctx.URL.searchParams.get('participant'), notice: null }),
  );
  router.get('/inspector/live', (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { live: livePart(simulation).html, participants: participantOptions(simulation.state, null).html };
  });
  router.get('/inspector/style.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = PAGE_STYLE;
  });
  router.get('/inspector/script.js', (ctx) => {
    ctx.type = 'js';
    ctx.body = PAGE_SCRIPT;
  });
  router.post('/inspector/replies', (ctx) => takeReply(ctx, simulation, control));
  return router.routes() as unknown as Middleware;
}

async function takeReply(ctx: Context, simulation: Simulation, control: SimulatorControl): Promise<void> {
  if (isForeign(ctx)) {
    ctx.status = 403;
    ctx.body = { notice: 'Only the inspector page itself may send replies; use the control API from elsewhere.' };
    return;
  }
  const form = await readForm(ctx.req);
  const { isSent, notice } = sendReply(simulation.state, control, form);
  ctx.status = isSent ? 200 : 422;
  if (ctx.accepts('html', 'json') === 'json') {
    ctx.body = { notice };
  } else {
    answerPage(ctx, simulation, { participantSid: form.get('participantSid'), notice });
  }
}

function answerPage(ctx: Context, simulation: Simulation, opening: PageOpening): void {
  ctx.set({ 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'Cache-Control': 'no-store' });
  ctx.type = 'html';
  ctx.body = inspectorPage(simulation, opening);
}

/** Whether a browser says that another site's page sends this. */
function isForeign(ctx: Context): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  return site !== '' && site !== 'same-origin' && site !== 'none';
}
