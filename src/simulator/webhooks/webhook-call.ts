import { type WebhookConfiguration } from '../entities/webhook-configuration';
import { type SimulatorOptions } from '../simulator-options';
import { signWebhook } from './signature';

/** One webhook, ready to be sent. */
export interface WebhookCall {
  readonly method: 'GET' | 'POST';
  /** The URL that is signed; a GET has the fields in it. */
  readonly url: string;
  /** Where it is really sent to. */
  readonly target: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signature: string;
}

/** Signs the fields for a receiver and says where they go. */
export function prepareWebhookCall(
  { authToken, webhookOrigins }: Pick<SimulatorOptions, 'authToken' | 'webhookOrigins'>,
  method: WebhookConfiguration['method'],
  configuredUrl: string,
  fields: Readonly<Record<string, string>>,
): WebhookCall {
  const form = new URLSearchParams(fields).toString();
  if (method === 'GET') {
    const url = `${configuredUrl}${configuredUrl.includes('?') ? '&' : '?'}${form}`;
    const signature = signWebhook(authToken, url, {});
    return { method, url, target: routed(url, webhookOrigins), headers: headersFor(signature), body: '', signature };
  }
  const signature = signWebhook(authToken, configuredUrl, fields);
  const headers = {
    ...headersFor(signature),
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'Content-Length': String(Buffer.byteLength(form)),
  };
  return { method, url: configuredUrl, target: routed(configuredUrl, webhookOrigins), headers, body: form, signature };
}

/** Where the URL leads from here: a public origin may have a local one behind it. */
function routed(url: string, origins: Readonly<Record<string, string>>): URL {
  const wanted = new URL(url);
  const local = origins[wanted.origin];
  return local === undefined ? wanted : new URL(`${wanted.pathname}${wanted.search}`, local);
}

function headersFor(signature: string): Record<string, string> {
  return { 'X-Twilio-Signature': signature, 'User-Agent': 'TwilioProxy/1.1', Accept: '*/*' };
}
