import { type MessagingBinding } from '../entities/participant';
import { type Simulation } from '../simulation';
import { pairKey } from '../state/pair-key';
import { type DeliveryScript, deliveryScriptSchema } from './delivery-script';
import { failedScript } from './preset-scripts';

/** "Attempt to send to unsubscribed recipient", https://www.twilio.com/docs/api/errors/21610 */
const OPTED_OUT = 21610;

/** The script for the next message to a person; one who has opted out of the sender is refused, whatever is scripted. */
export function scriptFor({ state, scripts }: Simulation, { address, proxyAddress }: MessagingBinding): DeliveryScript {
  if (state.blockedPairs.has(pairKey(address, proxyAddress))) {
    const firstDelayMs = scripts.defaultScript().steps[0]?.delayMs ?? 0;
    return deliveryScriptSchema.parse(failedScript(OPTED_OUT, firstDelayMs));
  }
  return scripts.take(address);
}
