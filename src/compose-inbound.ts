import { type Knex } from 'knex';
import { composeOnCall } from './compose-on-call';
import { type ApiConfig } from './config/api-config';
import { createConversationStore } from './database/conversation-store';
import { createMessageStore } from './database/message-store';
import { type OptOutStore } from './database/opt-out-store';
import { createTextReader } from './domain/opt-out-word';
import { type AcceptInbound, createAcceptInbound } from './inbox/accept-inbound';
import { type Background } from './inbox/background';
import { deferringInbound } from './inbox/deferring';
import { notingInbound } from './inbox/note-inbound';
import { withOnCallReplies } from './inbox/on-call-replies';
import { createRecordWord } from './inbox/record-word';
import { createReplyToWord } from './inbox/reply-to-word';
import { createIdentifierLog } from './telemetry/identifiers/identifier-log';
import { loggingMessages } from './telemetry/identifiers/logging-stores';
import { type Logger } from './telemetry/logger';
import { type DeferredInbox } from './temporal/deferred-inbox';
import { type MessageClient } from './temporal/message-client';

export interface InboundParts {
  readonly knex: Knex;
  readonly optOuts: OptOutStore;
  readonly client: Pick<MessageClient, 'acknowledge' | 'start'> & DeferredInbox;
  readonly background: Pick<Background, 'run'>;
  readonly logger: Logger;
}

/** What becomes of messages from people: words are read by the configured sets, put into the ledger and perhaps answered; replies take tasks. */
export function composeInbound(
  { wordReplies: replies, wordSets }: Pick<ApiConfig, 'wordReplies' | 'wordSets'>,
  { knex, optOuts, client, logger, background }: InboundParts,
): AcceptInbound {
  const conversations = createConversationStore(knex);
  const messages = loggingMessages(createMessageStore(knex), createIdentifierLog(logger));
  const readText = createTextReader(wordSets);
  const acceptInbound = createAcceptInbound({
    readText,
    recordWord: createRecordWord({ optOuts, conversations }),
    replyToWord: createReplyToWord({ replies, messages, client, optOuts, conversations, logger }),
  });
  const withReplies = withOnCallReplies(acceptInbound, {
    ...composeOnCall({ knex, messages, client, logger }),
    background,
  });
  return deferringInbound(notingInbound(withReplies, conversations), { deferred: client, logger, readText });
}
