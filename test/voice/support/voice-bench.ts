import Koa from 'koa';
import { Router } from '@koa/router';
import { pino } from 'pino';
import { type CallEvent } from '../../../src/domain/call-event';
import { type RequestState } from '../../../src/http/app-context';
import { listen } from '../../../src/http/listen';
import { problemDocuments } from '../../../src/http/middlewares/problem-documents';
import { requestId } from '../../../src/http/middlewares/request-id';
import { type CallReference, type ServedSpeech, voiceWebhook } from '../../../src/http/routes/webhooks/voice';
import { type Simulator, startSimulator } from '../../../src/simulator/start-simulator';
import { createVoiceGateway } from '../../../src/twilio/create-voice-gateway';
import { VOICE_WEBHOOK_PATH } from '../../../src/twilio/voice-callback';
import { type VoiceGateway } from '../../../src/twilio/voice-gateway';
import { ACCOUNT } from '../../twilio/simulated-twilio';

const AUTH_TOKEN = 'auth-token';
const PUBLIC_BASE_URL = 'https://posthorn.example';

/** The gateway, Twilio's stand-in, and the webhook's route with a store that only remembers. */
export interface VoiceBench {
  readonly simulator: Simulator;
  readonly gateway: VoiceGateway;
  readonly publicBaseUrl: string;
  /** Where the route really is. */
  readonly origin: string;
  readonly recorded: { readonly call: CallReference; readonly event: CallEvent }[];
  /** What calls say that ask for it. */
  served: ServedSpeech | undefined;
  /** Who is dialled when somebody wants to speak to a person. */
  person: string | undefined;
  stop(): Promise<void>;
}

export async function startVoiceBench(): Promise<VoiceBench> {
  const recorded: VoiceBench['recorded'] = [];
  const served: { speech: ServedSpeech | undefined; person: string | undefined } = {
    speech: undefined,
    person: undefined,
  };
  const logger = pino({ level: 'silent' });
  const handler = voiceWebhook({
    publicBaseUrl: PUBLIC_BASE_URL,
    accountSid: ACCOUNT.accountSid,
    authTokens: [AUTH_TOKEN],
    logger,
    now: Date.now,
    recordCallEvent: (call, event) => {
      recorded.push({ call, event });
      return Promise.resolve({});
    },
    speechOf: () => Promise.resolve(served.speech),
    personFor: () => Promise.resolve(served.person),
  });
  const app = new Koa<RequestState>();
  app.use(requestId());
  app.use(problemDocuments(logger));
  app.use(new Router<RequestState>().post(VOICE_WEBHOOK_PATH, handler).routes());
  const handle = app.callback();
  const listener = await listen((request, response) => void handle(request, response), { port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${listener.port}`;
  const simulator = await startSimulator({
    accountSid: ACCOUNT.accountSid,
    authToken: AUTH_TOKEN,
    apiKeySid: ACCOUNT.apiKeySid,
    apiKeySecret: ACCOUNT.apiKeySecret,
    serviceSid: ACCOUNT.conversationServiceSid,
    webhookOrigins: { [PUBLIC_BASE_URL]: origin },
  });
  return {
    simulator,
    gateway: createVoiceGateway({ ...ACCOUNT, baseUrl: simulator.url, publicBaseUrl: PUBLIC_BASE_URL }),
    publicBaseUrl: PUBLIC_BASE_URL,
    origin,
    recorded,
    get served() {
      return served.speech;
    },
    set served(speech) {
      served.speech = speech;
    },
    get person() {
      return served.person;
    },
    set person(number) {
      served.person = number;
    },
    async stop() {
      await simulator.stop();
      await listener.stop();
    },
  };
}
