import twilio, { type Twilio } from 'twilio';
import { type Simulator, startSimulator } from '../../../src/simulator/start-simulator';
import { type SimulatorOptionsInput } from '../../../src/simulator/simulator-options';
import { ACCOUNT_SID, API_KEY_SECRET, API_KEY_SID, AUTH_TOKEN, PERSON, SENDER, SERVICE_SID } from './identifiers';
import { RedirectedRequestClient } from './redirected-request-client';

/** Time after which the SDK gives up, in milliseconds: long enough for a busy machine. */
const CLIENT_TIMEOUT_MS = 10_000;

const DEFAULTS: SimulatorOptionsInput = {
  accountSid: ACCOUNT_SID,
  authToken: AUTH_TOKEN,
  apiKeySid: API_KEY_SID,
  apiKeySecret: API_KEY_SECRET,
  serviceSid: SERVICE_SID,
  defaultScript: { steps: [{ status: 'sent' }, { status: 'delivered' }] },
};

/** A simulator of its own for each test, with the official SDK pointed at it. */
export interface SimulatorFixture {
  simulator(): Simulator;
  /** The SDK, logged in with the API key. */
  client(timeoutMs?: number): Twilio;
  /** The SDK's context of the service. */
  service(): ReturnType<Twilio['conversations']['v1']['services']>;
  /** Makes a conversation in which the address takes part. @returns its SID */
  conversationWith(address?: string, proxyAddress?: string): Promise<string>;
}

/**
 * Starts a simulator before each test of the file and stops it afterwards. Scripts take no time by default.
 * @param options asked before each test
 */
export function useSimulator(options: () => Partial<SimulatorOptionsInput> = () => ({})): SimulatorFixture {
  let running: Simulator | undefined;

  beforeEach(async () => {
    running = await startSimulator({
      ...DEFAULTS,
      ...options(),
    });
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  function simulator(): Simulator {
    if (running === undefined) {
      throw new Error('the simulator runs only during a test');
    }
    return running;
  }

  function client(timeoutMs = CLIENT_TIMEOUT_MS): Twilio {
    const httpClient = new RedirectedRequestClient(simulator().url, timeoutMs);
    return twilio(API_KEY_SID, API_KEY_SECRET, { accountSid: ACCOUNT_SID, httpClient });
  }

  const service: SimulatorFixture['service'] = () => client().conversations.v1.services(SERVICE_SID);

  async function conversationWith(address = PERSON, proxyAddress = SENDER): Promise<string> {
    const { sid: conversationSid } = await service().conversations.create({});
    await service()
      .conversations(conversationSid)
      .participants.create({ 'messagingBinding.address': address, 'messagingBinding.proxyAddress': proxyAddress });
    return conversationSid;
  }

  return { simulator, client, service, conversationWith };
}
