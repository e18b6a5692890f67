import { inspect } from 'node:util';
import { parseSid } from '../../src/domain/sid';
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator';
import { type AddressPair, type TwilioGateway } from '../../src/twilio/gateway';
import { createTwilioClient } from '../../src/twilio/twilio-client';
import { TwilioError } from '../../src/twilio/twilio-error';
import { createTwilioGateway, type TwilioGatewayOptions } from '../../src/twilio/twilio-gateway';

const hex = (digit: string): string => digit.repeat(32);

export const ACCOUNT = {
  accountSid: parseSid(`AC${hex('a')}`, 'AC'),
  apiKeySid: parseSid(`SK${hex('b')}`, 'SK'),
  apiKeySecret: 'top-secret-of-the-key',
  conversationServiceSid: parseSid(`IS${hex('c')}`, 'IS'),
};

export const PAIR: AddressPair = { channel: 'sms', sender: '+15550100100', recipient: '+15550100001' };
export const KEY = { messageId: 'msg_1', attempt: 1 };
export const TEXT = { body: 'see you at eight' };

/** A simulator that has this account, where nothing is delivered by itself. */
export function startTwilio(): Promise<Simulator> {
  return startSimulator({
    accountSid: ACCOUNT.accountSid,
    authToken: 'auth-token',
    apiKeySid: ACCOUNT.apiKeySid,
    apiKeySecret: ACCOUNT.apiKeySecret,
    serviceSid: ACCOUNT.conversationServiceSid,
    defaultScript: { steps: [] },
  });
}

/** A gateway to the simulator; options replace what the account has. */
export function gatewayTo(
  simulator: Pick<Simulator, 'url'>,
  options: Partial<TwilioGatewayOptions> = {},
): TwilioGateway {
  return createTwilioGateway({ ...ACCOUNT, baseUrl: simulator.url, ...options });
}

/** The service as somebody other than the gateway sees it. */
export function serviceOf(simulator: Simulator) {
  return createTwilioClient({ ...ACCOUNT, baseUrl: simulator.url }).conversations.v1.services(
    ACCOUNT.conversationServiceSid,
  );
}

/** The error that a call fails with; checked to be a TwilioError that holds no secret, number or text. */
export async function failureOf(call: Promise<unknown>): Promise<TwilioError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TwilioError)) {
    throw new Error(`expected a TwilioError, got ${inspect(error)}`);
  }
  const encodedLogin = Buffer.from(`${ACCOUNT.apiKeySid}:${ACCOUNT.apiKeySecret}`).toString('base64');
  const everything = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
  expect(everything).not.toMatch(/top-secret|5550100|see you|Authorization/i);
  expect(everything).not.toContain(encodedLogin);
  return error;
}
