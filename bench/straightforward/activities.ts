import { type Knex } from 'knex';
import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { query } from '../../src/database/rows';
import { type StraightforwardMessage } from './contract';

export interface StraightforwardDependencies {
  readonly knex: Knex;
  /** The official SDK's conversation service. */
  readonly service: ServiceContext;
}

/** One activity for each step; each is a statement or a request, or one of both. */
export function createStraightforwardActivities({ knex, service }: StraightforwardDependencies) {
  return {
    recordMessage: async (workflowId: string, message: StraightforwardMessage): Promise<void> => {
      await query(knex, RECORD_MESSAGE, { workflowId, request: JSON.stringify(message) });
    },

    isOptedOut: async (address: string): Promise<boolean> =>
      (await query(knex, 'select 1 from straightforward.opt_outs where address = :address', { address })).length > 0,

    findOrMakeConversation: async (
      message: StraightforwardMessage,
    ): Promise<{ readonly conversationSid: string; readonly isNew: boolean }> => {
      const pair = { recipient: message.to, sender: message.from };
      const [known] = await query<{ conversationSid: string }>(knex, FIND_CONVERSATION, pair);
      return known === undefined
        ? { conversationSid: (await service.conversations.create()).sid, isNew: true }
        : { conversationSid: known.conversationSid, isNew: false };
    },

    addParticipant: async (conversationSid: string, { from, to }: StraightforwardMessage): Promise<void> => {
      await service.conversations(conversationSid).participants.create({
        'messagingBinding.address': to,
        'messagingBinding.proxyAddress': from,
      });
      await query(knex, REMEMBER_CONVERSATION, { recipient: to, sender: from, conversationSid });
    },

    createMessage: async (conversationSid: string, body: string): Promise<string> =>
      (await service.conversations(conversationSid).messages.create({ body })).sid,

    storeSid: async (workflowId: string, messageSid: string): Promise<void> => {
      await query(knex, STORE_SID, { workflowId, messageSid });
    },

    recordOutcome: async (workflowId: string, outcome: string): Promise<void> => {
      await query(knex, RECORD_OUTCOME, { workflowId, outcome });
    },
  };
}

export type StraightforwardActivities = ReturnType<typeof createStraightforwardActivities>;

const FIND_CONVERSATION = `
  select conversation_sid as "conversationSid" from straightforward.conversations
  where recipient = :recipient and sender = :sender`;

const REMEMBER_CONVERSATION = `
  insert into straightforward.conversations (recipient, sender, conversation_sid)
  values (:recipient, :sender, :conversationSid)
  on conflict do nothing`;

const RECORD_MESSAGE = `
  insert into straightforward.messages (workflow_id, request) values (:workflowId, cast(:request as jsonb))
  on conflict do nothing`;

const STORE_SID = `
  update straightforward.messages set message_sid = :messageSid, updated_at = now() where workflow_id = :workflowId`;

const RECORD_OUTCOME = `
  update straightforward.messages set outcome = :outcome, updated_at = now() where workflow_id = :workflowId`;
