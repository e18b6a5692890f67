import { type Knex } from 'knex';

/** The tables of the straightforward job, in a schema of their own: what it needs for the same answers, and no more. */
export async function createTables(knex: Knex): Promise<void> {
  await knex.raw(`
    create schema if not exists straightforward;
    create table if not exists straightforward.opt_outs (address text primary key);
    create table if not exists straightforward.conversations (
      recipient text not null, sender text not null, conversation_sid text not null, primary key (recipient, sender));
    create table if not exists straightforward.messages (
      workflow_id text primary key, request jsonb not null, message_sid text unique, outcome text,
       updated_at timestamptz not null default now());
    create table if not exists straightforward.receipts (
      receipt_sid text not null, status text not null, message_sid text not null, error_code text,
      received_at timestamptz not null default now(), primary key (receipt_sid, status));`);
}
