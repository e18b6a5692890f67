import { type Knex } from 'knex';
import { Client, type ClientConfig } from 'pg';

/**
 * A node of a plan that was run, as far as it is read here; blocks are pages of 8 KiB, those of its children included.
 * Source: https://www.postgresql.org/docs/current/using-explain.html
 */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Parallel Aware'?: boolean;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  /** In each loop. */
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Heap Fetches'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** How Postgres ran a statement. */
export interface MeasuredPlan {
  readonly Plan: PlanNode;
  /** Milliseconds, the measurement's own cost included. */
  readonly 'Execution Time': number;
}

interface Sent {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
}

/**
 * Lets a store send its statement, and has Postgres run it again with the same values and tell how.
 * @throws Error when the call sent none, or more than one.
 */
export async function measurePlan(knex: Knex, call: () => Promise<unknown>): Promise<MeasuredPlan> {
  const { bindings = [], sql } = await statementOf(knex, call);
  const { connectionSettings } = knex.client as { readonly connectionSettings: ClientConfig };
  const client = new Client(connectionSettings);
  await client.connect();
  try {
    // The first time a new connection reads Postgres's own tables as well.
    await explain(client, sql, bindings);
    return await explain(client, sql, bindings);
  } finally {
    await client.end();
  }
}

async function explain(client: Client, sql: string, bindings: readonly unknown[]): Promise<MeasuredPlan> {
  const { rows } = await client.query<{ 'QUERY PLAN': readonly MeasuredPlan[] }>({
    text: `explain (analyze, buffers, format json) ${sql}`,
    values: [...bindings],
  });
  const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
  if (plan === undefined) {
    throw new Error('Postgres told no plan');
  }
  return plan;
}

async function statementOf(knex: Knex, call: () => Promise<unknown>): Promise<Sent> {
  const sent: Sent[] = [];
  const listen = (statement: Sent): void => void sent.push(statement);
  knex.on('query', listen);
  try {
    await call();
  } finally {
    knex.removeListener('query', listen);
  }
  const [statement] = sent;
  if (statement === undefined || sent.length > 1) {
    throw new Error(`one statement was to be explained, and the call sent ${sent.length}`);
  }
  return statement;
}
