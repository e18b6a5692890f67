import { CancellationScope } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { untilExpiryMs } from './deadline';
import { type Delivery } from './delivery';
import { failureOf } from './failure-of';
import { isInterrupted } from './interruption';

/**
 * Runs a send. A cancellation, or the end of the message's time, ends its repeats; a try that is under way is waited for.
 * @returns what the send says, or what its failure proves.
 */
export async function whileWanted<Sent>(delivery: Delivery, run: () => Promise<Sent>): Promise<Sent | AttemptResult> {
  const timeLeftMs = untilExpiryMs(delivery);
  const scope =
    timeLeftMs === undefined
      ? new CancellationScope()
      : new CancellationScope({ cancellable: true, timeout: Math.max(1, timeLeftMs) });
  delivery.abandonSend = () => scope.cancel();
  try {
    return await scope.run(run);
  } catch (error) {
    const failure = failureOf(error);
    return failure.kind === 'canceled' && !isInterrupted(delivery)
      ? { kind: 'expired', reason: 'its time was over before Twilio said that it has it' }
      : failure;
  } finally {
    delete delivery.abandonSend;
  }
}
