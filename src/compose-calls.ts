import { type Knex } from 'knex';
import { type ActivityDependencies } from '../activities';
import { type WorkerConfig } from './config/worker-config';
import { createCallStore } from './database/call-store';
import { type AnnounceCallbacks } from './database/written-callback';
import { createVoiceGateway } from './twilio/create-voice-gateway';
import { type ObserveRequest } from './twilio/request-client';

/** What activities need for calls. Without an address for their callbacks there is no gateway. */
export function composeCalls(
  {
    observe,
    publicBaseUrl,
    twilio,
  }: Pick<WorkerConfig, 'twilio'> & { readonly publicBaseUrl: string | undefined; readonly observe: ObserveRequest },
  knex: Knex,
  announce: AnnounceCallbacks,
): Pick<ActivityDependencies, 'calls' | 'voice'> {
  const calls = createCallStore(knex, announce);
  return publicBaseUrl === undefined
    ? { calls }
    : { calls, voice: { gateway: createVoiceGateway({ ...twilio, observe, publicBaseUrl }), publicBaseUrl } };
}
