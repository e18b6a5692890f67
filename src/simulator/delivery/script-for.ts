import { type Message } from '../entities/message';
import { type MessagingBinding } from '../entities/participant';
import { type Simulation } from '../simulation';
import { pairKey } from '../state/pair-key';
import { type DeliveryScript, deliveryScriptSchema } from './delivery-script';
import { failedScript } from './preset-scripts';

/** "Attempt to send to unsubscribed recipient", https://www.twilio.com/docs/api/errors/21610 */
const OPTED_OUT = 21610;

/** "Failed to send freeform message because you are outside the allowed window", https://www.twilio.com/docs/api/errors/63016 */
const OUTSIDE_WINDOW = 63016;

/** The script for the next message to a person; one who has opted out of the sender, or whose window is closed, is refused, whatever is scripted. */
export function scriptFor(
  simulation: Simulation,
  binding: MessagingBinding,
  { contentSid }: Pick<Message, 'contentSid'>,
): DeliveryScript {
  const { state, scripts } = simulation;
  const { address, proxyAddress } = binding;
  if (state.blockedPairs.has(pairKey(address, proxyAddress))) {
    return refusal(simulation, OPTED_OUT);
  }
  return contentSid === null && isWindowClosed(simulation, binding)
    ? refusal(simulation, OUTSIDE_WINDOW)
    : scripts.take(address);
}

/** Whether WhatsApp takes nothing but templates from the sender now. */
function isWindowClosed({ options, state }: Simulation, { address, proxyAddress, type }: MessagingBinding): boolean {
  const { whatsAppWindowMs } = options;
  const lastInboundMs = state.lastInboundMs.get(pairKey(address, proxyAddress)) ?? -Infinity;
  return type === 'whatsapp' && whatsAppWindowMs !== undefined && Date.now() - lastInboundMs >= whatsAppWindowMs;
}

function refusal({ scripts }: Simulation, errorCode: number): DeliveryScript {
  const firstDelayMs = scripts.defaultScript().steps[0]?.delayMs ?? 0;
  return deliveryScriptSchema.parse(failedScript(errorCode, firstDelayMs));
}
