import { timingSafeEqual } from 'node:crypto';
import { type Middleware } from 'koa';
import { twilioErrors } from '../errors/twilio-errors';
import { type SimulatorOptions } from '../simulator-options';
import { type ApiState } from './api-context';

type Credentials = Pick<SimulatorOptions, 'accountSid' | 'authToken' | 'apiKeySid' | 'apiKeySecret'>;

/** Lets in who gives the account SID with the auth token, or the API key with its secret, by HTTP basic authentication. */
export function authentication({ accountSid, authToken, apiKeySid, apiKeySecret }: Credentials): Middleware<ApiState> {
  const accepted = [`${accountSid}:${authToken}`];
  if (apiKeySid !== undefined && apiKeySecret !== undefined) {
    accepted.push(`${apiKeySid}:${apiKeySecret}`);
  }
  const acceptedBytes = accepted.map((text) => Buffer.from(text));
  return async function authentication(ctx, next) {
    const given = /^Basic\s+(.+)$/i.exec(ctx.get('authorization'))?.[1];
    const bytes = Buffer.from(given ?? '', 'base64');
    if (!acceptedBytes.some((known) => known.length === bytes.length && timingSafeEqual(known, bytes))) {
      throw twilioErrors.authenticationFailed();
    }
    await next();
  };
}
