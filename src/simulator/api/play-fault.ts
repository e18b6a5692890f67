import { TwilioApiError } from '../errors/twilio-api-error';
import { type FaultEffect } from '../faults/fault';
import { type Simulation } from '../simulation';
import { type ApiContext } from './api-context';

/**
 * Lets a fault befall a request.
 * @returns whether the request goes on
 * @throws TwilioApiError when the fault is an error answer
 */
export async function playFault({ timers }: Simulation, ctx: ApiContext, effect: FaultEffect): Promise<boolean> {
  switch (effect.kind) {
    case 'respond':
      throw new TwilioApiError(
        effect.status,
        effect.code,
        effect.message ?? `Simulated error ${effect.code}`,
        effect.retryAfterSeconds,
      );
    case 'slow':
      await timers.sleep(effect.delayMs);
      return true;
    case 'reset':
      ctx.respond = false;
      ctx.req.socket.resetAndDestroy();
      return false;
    case 'hang':
      ctx.respond = false;
      return false;
  }
}
