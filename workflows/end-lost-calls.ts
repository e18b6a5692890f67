import { log } from '@temporalio/workflow';
import { callVerdict } from '../src/domain/call-state';
import { twilio } from './activity-proxies';
import { callOf, type Delivery, hearOfCall } from './delivery';
import { HEARTBEAT_TIMEOUT } from './send';
import { summary } from './summary';

/** A phone that is not answered stops ringing by itself: what cannot be found in so many tries need not be ended. */
const TRIES = 3;

/**
 * Before a message ends, calls that nobody followed are looked for and ended: their create was given up without an answer, and the phone
 * may be ringing.
 */
export async function endLostCalls(delivery: Delivery): Promise<void> {
  const lost = delivery.attempts.filter(
    (attempt) => attempt.call?.isLost === true && callVerdict(callOf(delivery, attempt)) === 'pending',
  );
  if (lost.length === 0) {
    return;
  }
  const { messageId } = delivery.input;
  const attempts = lost.map(({ number }) => number);
  const what = `end what is left of the calls of attempt ${attempts.join(' and ')}`;
  const options = { ...summary(what), heartbeatTimeout: HEARTBEAT_TIMEOUT, retry: { maximumAttempts: TRIES } } as const;
  try {
    const news = await twilio().endLostCalls.executeWithOptions(options, [{ messageId, attempts }]);
    news.forEach((one) => hearOfCall(delivery, one));
  } catch (error) {
    log.warn('what is left of calls could not be ended', { attempts, error });
  }
}
