import { type Knex } from 'knex';
import { type ActivityDependencies } from '../activities';
import { type WorkerConfig } from './config/worker-config';
import { createCallStore } from './database/call-store';
import { type AnnounceCallbacks } from './database/written-callback';
import { loggingCalls, loggingVoice } from './telemetry/identifiers/logging-calls';
import { type LoggingGatewayOptions } from './telemetry/identifiers/logging-gateway';
import { compact } from './twilio/compact';
import { createVoiceGateway } from './twilio/create-voice-gateway';
import { type ObserveRequest } from './twilio/request-client';

export interface CallParts extends LoggingGatewayOptions {
  readonly knex: Knex;
  readonly announce: AnnounceCallbacks;
  readonly observe: ObserveRequest;
}

/** What activities need for calls. Without an address for their callbacks there is no gateway. */
export function composeCalls(
  { publicBaseUrl, twilio, voice }: Pick<WorkerConfig, 'publicBaseUrl' | 'twilio' | 'voice'>,
  { announce, knex, observe, ...logging }: CallParts,
): Pick<ActivityDependencies, 'calls' | 'configuredSids' | 'voice'> {
  const { applicationSid, conductorSid } = voice;
  const configuredSids = compact({ applicationSid, conductorSid });
  const calls = loggingCalls(createCallStore(knex, announce), logging.log);
  const parts = { calls, configuredSids };
  if (publicBaseUrl === undefined) {
    return parts;
  }
  const gateway = loggingVoice(createVoiceGateway({ ...twilio, observe, publicBaseUrl }), logging);
  return { ...parts, voice: { gateway, publicBaseUrl } };
}
