import { accountFromEnvironment } from './account/account-from-environment';
import { ControlError } from './control/control-error';
import { type SimulatorOptionsInput } from './simulator-options';

/** Where the process listens when SIMULATOR_PORT is not given. */
const DEFAULT_PORT = 4010;

/** What the process is started with. */
export interface MainSettings {
  readonly options: SimulatorOptionsInput;
  /** Where the default service's webhooks go from the start; undefined leaves that to the REST API. */
  readonly webhookUrl: string | undefined;
}

/**
 * Reads the environment: SIMULATOR_PORT, SIMULATOR_HOST, SIMULATOR_WEBHOOK_URL, SIMULATOR_WEBHOOK_ORIGINS
 * (`https://public.example=http://api:3000`, several with commas between), SIMULATOR_LOG_FILE, SIMULATOR_WHATSAPP_WINDOW_MS, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN (the
 * first of a list), TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, TWILIO_CONVERSATIONS_SERVICE_SID, and for what the account
 * owns the variables of `accountFromEnvironment`.
 * @throws ControlError that names every variable that is missing or cannot be read
 */
export function readMainSettings(environment: Readonly<Record<string, string | undefined>>): MainSettings {
  const value = (name: string): string | undefined => (environment[name] === '' ? undefined : environment[name]);
  const required = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_CONVERSATIONS_SERVICE_SID'];
  const missing = required.filter((name) => value(name) === undefined);
  if (missing.length > 0) {
    throw new ControlError(
      400,
      missing.map((name) => `${name}: set it to the value that the application has`).join('; '),
    );
  }
  const host = value('SIMULATOR_HOST');
  const apiKeySid = value('TWILIO_API_KEY_SID');
  const apiKeySecret = value('TWILIO_API_KEY_SECRET');
  const logFile = value('SIMULATOR_LOG_FILE');
  const whatsAppWindowMs = value('SIMULATOR_WHATSAPP_WINDOW_MS');
  return {
    options: {
      port: Number(value('SIMULATOR_PORT') ?? DEFAULT_PORT),
      ...(host === undefined ? {} : { host }),
      accountSid: value('TWILIO_ACCOUNT_SID') ?? '',
      authToken: value('TWILIO_AUTH_TOKEN')?.split(',')[0]?.trim() ?? '',
      serviceSid: value('TWILIO_CONVERSATIONS_SERVICE_SID') ?? '',
      account: accountFromEnvironment(environment),
      ...(apiKeySid === undefined ? {} : { apiKeySid }),
      ...(apiKeySecret === undefined ? {} : { apiKeySecret }),
      ...(logFile === undefined ? {} : { logFile }),
      ...(whatsAppWindowMs === undefined ? {} : { whatsAppWindowMs: Number(whatsAppWindowMs) }),
      webhookOrigins: readOrigins(value('SIMULATOR_WEBHOOK_ORIGINS') ?? ''),
    },
    webhookUrl: value('SIMULATOR_WEBHOOK_URL'),
  };
}

function readOrigins(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [publicOrigin, localOrigin, ...more] = pair.trim().split('=');
      if (publicOrigin === undefined || localOrigin === undefined || more.length > 0) {
        throw new ControlError(400, 'SIMULATOR_WEBHOOK_ORIGINS: write public=local, several with commas between');
      }
      return [publicOrigin, localOrigin];
    }),
  );
}
