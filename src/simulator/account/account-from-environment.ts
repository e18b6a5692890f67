import { type z } from 'zod';
import { type AccountInput, accountSchema } from './account-schema';

/** Environment variables by name; one that is set to nothing counts as absent. */
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The account that an application with this environment needs: its senders, messaging service, application and connect
 * app, with URLs that lead to the application. What the environment does not name is not there.
 */
export function accountFromEnvironment(environment: Variables): AccountInput {
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const [publicBaseUrl, sms, voice] = [value('PUBLIC_BASE_URL'), value('TWILIO_FROM'), value('TWILIO_VOICE_FROM')];
  const whatsApp = value('TWILIO_WHATSAPP_FROM')?.replace(/^whatsapp:/, '');
  const urlOf = (path: string): string | null =>
    publicBaseUrl === undefined ? null : `${publicBaseUrl.replace(/\/+$/, '')}/webhooks/twilio/${path}`;
  const pools = poolsOf(value('POSTHORN_SENDERS') ?? '');
  const phoneNumbers = distinct([sms, voice, ...pools.sms, ...pools.voice]);
  const { applications, connectApps, messagingServices, numbers, whatsAppSenders } = accountSchema.shape;
  return {
    numbers: usable(
      numbers,
      phoneNumbers.map((phoneNumber) => ({ phoneNumber })),
    ),
    whatsAppSenders: usable(
      whatsAppSenders,
      distinct([whatsApp, ...pools.whatsapp]).map((phoneNumber) => ({ phoneNumber })),
    ),
    messagingServices: usable(messagingServices, [
      {
        messagingServiceSid: value('TWILIO_MESSAGING_SERVICE_SID'),
        inboundRequestUrl: urlOf('messaging'),
        phoneNumbers: sms === undefined ? [] : [sms],
      },
    ]),
    applications: usable(applications, [
      {
        applicationSid: value('TWILIO_APPLICATION_SID'),
        voiceUrl: urlOf('voice'),
        statusCallback: urlOf('voice'),
      },
    ]),
    connectApps: usable(connectApps, [{ connectAppSid: value('TWILIO_CONDUCTOR_SID') }]),
  };
}

/** The numbers of each channel's pools; what is not written like one is left out. */
function poolsOf(text: string): Readonly<Record<'sms' | 'whatsapp' | 'voice', readonly string[]>> {
  const pools = text.split(';').map((part) => /^\s*([a-z]+)\s*:[^=]*=(.*)$/s.exec(part));
  const numbersOf = (channel: string): string[] =>
    pools
      .filter((pool) => pool?.[1] === channel)
      .flatMap((pool) => (pool?.[2] ?? '').split(',').map((number) => number.trim().replace(/^whatsapp:/, '')));
  return { sms: numbersOf('sms'), whatsapp: numbersOf('whatsapp'), voice: numbersOf('voice') };
}

function distinct(numbers: readonly (string | undefined)[]): string[] {
  return [...new Set(numbers)].filter((number) => number !== undefined);
}

/** Without those that are not set or not in the form of their kind: an account has no such thing. */
function usable<Schema extends z.ZodType>(list: Schema, entries: readonly unknown[]): z.output<Schema> {
  return list.parse(entries.filter((entry) => list.safeParse([entry]).success));
}
