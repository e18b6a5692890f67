import { type Call } from '../entities/call';
import { type Conversation } from '../entities/conversation';
import { type Message } from '../entities/message';
import { type Participant } from '../entities/participant';
import { type Service } from '../entities/service';
import { type WebhookConfiguration, emptyWebhookConfiguration } from '../entities/webhook-configuration';

/** What one simulator holds, each thing findable without a search. */
export interface SimulatorState {
  readonly accountSid: string;
  /** The service behind the paths that name none. */
  defaultServiceSid: string;
  readonly accountWebhooks: WebhookConfiguration;
  /** By service SID, in the order of their making. */
  readonly services: Map<string, Service>;
  /** By conversation SID. */
  readonly conversations: Map<string, Conversation>;
  /** By message SID. */
  readonly messages: Map<string, Message>;
  /** By call SID, in the order of their making. */
  readonly calls: Map<string, Call>;
  /** The conversation that is not closed and has the pair, by `pairKey`: there is at most one. */
  readonly openBindings: Map<string, Conversation>;
  /** Participants by address or identity, in the order of their making. */
  readonly participantsByName: Map<string, Set<Participant>>;
  /** Pairs whose person has opted out, by `pairKey`. */
  readonly blockedPairs: Set<string>;
  /** When the person of a pair last wrote, in milliseconds since 1970, by `pairKey`. */
  readonly lastInboundMs: Map<string, number>;
  /** The conversations in which something happened last, oldest first; a few dozen at most. */
  readonly recentConversations: Map<string, Conversation>;
}

/** A state with one empty service, which is the default one. */
export function createState(accountSid: string, serviceSid: string): SimulatorState {
  const state: SimulatorState = {
    accountSid,
    defaultServiceSid: serviceSid,
    accountWebhooks: emptyWebhookConfiguration(),
    services: new Map(),
    conversations: new Map(),
    messages: new Map(),
    calls: new Map(),
    openBindings: new Map(),
    participantsByName: new Map(),
    blockedPairs: new Set(),
    lastInboundMs: new Map(),
    recentConversations: new Map(),
  };
  addService(state, serviceSid, 'Default Conversations Service');
  return state;
}

/** Adds an empty service. */
export function addService(state: SimulatorState, serviceSid: string, friendlyName: string): Service {
  const service: Service = {
    serviceSid,
    friendlyName,
    webhooks: emptyWebhookConfiguration(),
    createdAt: new Date(),
    conversations: [],
    conversationsByUniqueName: new Map(),
  };
  state.services.set(serviceSid, service);
  return service;
}

/** Forgets conversations, messages, calls and opt-outs; services and webhook configurations stay. */
export function clearTraffic(state: SimulatorState): void {
  for (const service of state.services.values()) {
    service.conversations.length = 0;
    service.conversationsByUniqueName.clear();
  }
  for (const call of state.calls.values()) {
    call.ended.abort();
    call.playing.abort();
  }
  state.calls.clear();
  state.conversations.clear();
  state.messages.clear();
  state.openBindings.clear();
  state.participantsByName.clear();
  state.blockedPairs.clear();
  state.lastInboundMs.clear();
  state.recentConversations.clear();
}
