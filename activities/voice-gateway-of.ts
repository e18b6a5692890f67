/**
 * The gateway for calls of this worker.
 * @throws Error when it has none: a worker without PUBLIC_BASE_URL got what one with it began.
 */
export function voiceGatewayOf<Gateway>(voice: { readonly gateway: Gateway } | undefined): Gateway {
  if (voice === undefined) {
    throw new Error('PUBLIC_BASE_URL is missing in the environment of this worker: set it as for the API');
  }
  return voice.gateway;
}
