import { type ChannelType, channelOf } from '../channel-address';
import { twilioAddressHash } from './address-hash';
import { type Logged } from './bounded-log';
import { type SimulatorEvent } from './simulator-event';

/** What may go into the file as it is; everything else that an event has, texts and names among them, stays out of it. */
const PLAIN = new Set([
  'answeredBy',
  'attributes',
  'callbackQuery',
  'changed',
  'copy',
  'durationSeconds',
  'errorCode',
  'eventType',
  'httpStatus',
  'requestedAt',
  'sequenceNumber',
  'sipResponseCode',
  'state',
  'stateFrom',
  'stateTo',
  'status',
  'uniqueName',
  'word',
]);

/** An event as a line of the log file, without its line feed. Its form is logEntrySchema. */
export function toLogLine({ detail, recipients, ...event }: Logged<SimulatorEvent>): string {
  const plain = Object.entries(detail).filter(([name]) => PLAIN.has(name));
  const { address, proxyAddress } = detail;
  return JSON.stringify({
    ...event,
    ...Object.fromEntries(plain),
    ...(typeof address === 'string' && typeof proxyAddress === 'string'
      ? { ...channelFor(event.callSid, address), ...hashed({ address, proxyAddress }) }
      : {}),
    ...(recipients === undefined
      ? {}
      : {
          recipients: recipients.map((recipient) => ({
            ...recipient,
            channel: channelOf(recipient.address),
            ...hashed(recipient),
          })),
        }),
  });
}

/** The form of an address says the channel, except for a call. */
function channelFor(callSid: string | undefined, address: string): { readonly channel?: ChannelType } {
  return callSid === undefined ? { channel: channelOf(address) } : {};
}

function hashed({ address, proxyAddress }: { readonly address: string; readonly proxyAddress: string }) {
  return { address: twilioAddressHash(address), proxyAddress: twilioAddressHash(proxyAddress) };
}
