import { loadApiConfig } from '../../../src/config/api-config';
import { type ApiParts, composeApi } from '../../../src/compose-api';
import { type ConversationStore, createConversationStore } from '../../../src/database/conversation-store';
import { createMessageStore, type MessageStore } from '../../../src/database/message-store';
import { createOptOutStore, type OptOutStore } from '../../../src/database/opt-out-store';
import { createTaskStore, type TaskStore } from '../../../src/database/task-store';
import { createApp } from '../../../src/http/app';
import { listen } from '../../../src/http/listen';
import { createLogger } from '../../../src/telemetry/logger';
import { VALID } from '../../config/environments';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { type FakeMessageClient, fakeMessageClient } from './fake-message-client';

export const ACME = 'key-of-acme';
export const GLOBEX = 'key-of-globex';

/** An answer, with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when it is no JSON. */
  readonly json: unknown;
}

export interface CallOptions {
  /** The API key; `ACME` unless told otherwise, none for undefined. */
  readonly key?: string | undefined;
  readonly json?: unknown;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The API on a database of its own, with a Temporal that is played. */
export interface TestApi extends Pick<ApiParts, 'background' | 'inbox' | 'seenMessages' | 'tellWorkflow' | 'tracer'> {
  readonly url: string;
  readonly deps: ApiParts['app'];
  readonly stores: {
    readonly messages: MessageStore;
    readonly conversations: ConversationStore;
    readonly optOuts: OptOutStore;
    readonly tasks: TaskStore;
  };
  readonly client: FakeMessageClient;
  readonly database: TestDatabase;
  /** Every line that was logged, at every level. */
  readonly logged: string[];
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startTestApi(overrides: Readonly<Record<string, string>> = {}): Promise<TestApi> {
  const config = loadApiConfig({ ...VALID, TWILIO_FROM: '+12025550100', ...overrides });
  const database = await createTestDatabase();
  const logged: string[] = [];
  const logger = createLogger({
    level: 'debug',
    name: 'test',
    destination: { write: (line) => void logged.push(line) },
  });
  const client = fakeMessageClient();
  const {
    app: deps,
    background,
    inbox,
    seenMessages,
    tellWorkflow,
    tracer,
  } = composeApi(config, database.database, client, logger);
  const handle = createApp(deps).callback();
  const listener = await listen((request, response) => void handle(request, response), { port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${listener.port}`;
  return {
    url,
    deps,
    stores: {
      messages: createMessageStore(database.database),
      conversations: createConversationStore(database.database),
      optOuts: createOptOutStore(database.database),
      tasks: createTaskStore(database.database),
    },
    client,
    database,
    logged,
    background,
    inbox,
    seenMessages,
    tellWorkflow,
    tracer,
    call: (method, path, options = {}) => call(`${url}${path}`, method, options),
    stop: async () => {
      await listener.stop();
      await seenMessages.stop();
      await tracer.stop();
      await database.drop();
    },
  };
}

async function call(url: string, method: string, options: CallOptions): Promise<Answer> {
  const key = 'key' in options ? options.key : ACME;
  const response = await fetch(url, {
    method,
    headers: {
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(options.json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
    },
    ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
    ...(options.body === undefined ? {} : { body: new Uint8Array(Buffer.from(options.body)) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('Content-Type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as unknown) : undefined,
  };
}
