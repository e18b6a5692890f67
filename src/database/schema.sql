-- Made by scripts/schema.ts from src/database/migrations. To change it, add a migration and run the script.

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end
    $function$;

create table attempts (
  message_id text not null,
  number integer not null,
  step integer not null,
  channel text not null,
  sender text not null,
  recipient text not null,
  held_back_by jsonb,
  creates_begun integer not null default 0,
  conversation_sid text,
  participant_sid text,
  message_sid text,
  result jsonb,
  started_at timestamp(3) with time zone not null default now(),
  sent_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  open_create text,
  open_create_at timestamp(3) with time zone,
  polled_at timestamp(3) with time zone,
  constraint attempts_pkey PRIMARY KEY (message_id, number),
  constraint attempts_counted_from_one CHECK (((number >= 1) AND (step >= 0))),
  constraint attempts_ended_with_result CHECK (((result IS NULL) = (ended_at IS NULL))),
  constraint attempts_held_back_never_sent CHECK (((held_back_by IS NULL) OR ((message_sid IS NULL) AND (creates_begun = 0)))),
  constraint attempts_open_create_timed CHECK (((open_create IS NULL) = (open_create_at IS NULL))),
  constraint attempts_sent_with_sid CHECK (((message_sid IS NULL) = (sent_at IS NULL)))
);

create table conversations (
  channel text not null,
  sender text not null,
  recipient text not null,
  conversation_sid text not null,
  participant_sid text not null,
  remembered_at timestamp(3) with time zone not null default now(),
  constraint conversations_pkey PRIMARY KEY (recipient, sender, channel)
);

create table delivery_events (
  event_id text not null,
  delivery_receipt_sid text not null,
  status text not null,
  error_code integer,
  message_sid text not null,
  conversation_sid text not null,
  participant_sid text,
  channel_message_sid text,
  source text not null,
  unknown_fields jsonb not null,
  at timestamp(3) with time zone not null,
  received_at timestamp(3) with time zone not null default now(),
  signal_due_at timestamp with time zone,
  constraint delivery_events_pkey PRIMARY KEY (event_id),
  constraint delivery_events_source_known CHECK ((source = ANY (ARRAY['webhook'::text, 'poll'::text])))
);

create table messages (
  message_id text not null,
  workflow_id text not null,
  tenant text not null,
  request_hash text not null,
  request jsonb not null,
  status text not null,
  outcome jsonb,
  created_at timestamp(3) with time zone not null default now(),
  started_at timestamp(3) with time zone,
  closed_at timestamp(3) with time zone,
  start_checked_at timestamp(3) with time zone,
  constraint messages_pkey PRIMARY KEY (message_id),
  constraint messages_closed_with_outcome CHECK ((((status = 'closed'::text) = (outcome IS NOT NULL)) AND ((closed_at IS NULL) = (outcome IS NULL)))),
  constraint messages_status_known CHECK ((status = ANY (ARRAY['scheduled'::text, 'held'::text, 'sending'::text, 'awaiting_receipt'::text, 'backing_off'::text, 'escalating'::text, 'closed'::text])))
);

create table opt_out_history (
  statement_id bigint not null generated always as identity,
  address text not null,
  sender text,
  channel text,
  category text,
  opted_out boolean not null,
  source text not null,
  evidence text not null,
  actor text not null,
  reason text,
  at timestamp(3) with time zone not null,
  recorded_at timestamp(3) with time zone not null default now(),
  constraint opt_out_history_pkey PRIMARY KEY (statement_id),
  constraint opt_out_history_evidence UNIQUE NULLS NOT DISTINCT (address, sender, channel, category, source, evidence, opted_out)
);

create table opt_outs (
  opt_out_id bigint not null generated always as identity,
  address text not null,
  sender text,
  channel text,
  category text,
  opted_out boolean not null,
  source text not null,
  evidence text not null,
  actor text not null,
  reason text,
  at timestamp(3) with time zone not null,
  constraint opt_outs_pkey PRIMARY KEY (opt_out_id),
  constraint opt_outs_scope UNIQUE NULLS NOT DISTINCT (address, sender, channel, category)
);

create table outcome_corrections (
  message_id text not null,
  number integer not null,
  was jsonb not null,
  became jsonb not null,
  because text not null,
  at timestamp(3) with time zone not null default now(),
  constraint outcome_corrections_pkey PRIMARY KEY (message_id, number)
);

create table tasks (
  message_id text not null,
  step integer not null,
  tenant text not null,
  queue text not null,
  reason text not null,
  closing jsonb,
  opened_at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  constraint tasks_pkey PRIMARY KEY (message_id, step),
  constraint tasks_closed_with_closing CHECK (((closing IS NULL) = (closed_at IS NULL)))
);

create table timeline (
  message_id text not null,
  entry_key text not null,
  kind text not null,
  attempt integer,
  detail jsonb not null,
  at timestamp(3) with time zone not null default now(),
  constraint timeline_pkey PRIMARY KEY (message_id, entry_key)
);

create table webhooks (
  received_at timestamp(3) with time zone not null,
  webhook_id bigint not null generated always as identity,
  endpoint text not null,
  verdict text not null,
  effect text not null,
  count integer not null,
  event text,
  reason text,
  status text,
  error_code integer,
  conversation_sid text,
  message_sid text,
  participant_sid text,
  delivery_receipt_sid text,
  channel_message_sid text,
  message_id text,
  tenant text,
  duration_ms double precision,
  constraint webhooks_pkey PRIMARY KEY (received_at, webhook_id),
  constraint webhooks_count_positive CHECK ((count > 0))
);

alter table attempts
  add constraint attempts_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

alter table outcome_corrections
  add constraint outcome_corrections_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

alter table tasks
  add constraint tasks_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

alter table timeline
  add constraint timeline_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

CREATE UNIQUE INDEX attempts_message_sid ON public.attempts USING btree (message_sid) WHERE (message_sid IS NOT NULL);

CREATE INDEX delivery_events_by_message ON public.delivery_events USING btree (message_sid);

CREATE INDEX delivery_events_due ON public.delivery_events USING btree (signal_due_at) WHERE (signal_due_at IS NOT NULL);

CREATE INDEX messages_by_outcome ON public.messages USING btree (tenant, ((outcome ->> 'kind'::text)), created_at DESC, message_id DESC) WHERE (closed_at IS NOT NULL);

CREATE INDEX messages_by_time ON public.messages USING btree (tenant, created_at DESC, message_id DESC);

CREATE INDEX messages_open ON public.messages USING btree (tenant, created_at DESC, message_id DESC) WHERE (closed_at IS NULL);

CREATE INDEX tasks_open ON public.tasks USING btree (tenant, due_at) WHERE (closed_at IS NULL);

CREATE INDEX webhooks_by_message ON public.webhooks USING btree (message_sid) WHERE ((verdict <> 'accepted'::text) AND (message_sid IS NOT NULL));

CREATE INDEX webhooks_by_tenant ON public.webhooks USING btree (tenant, received_at, webhook_id) WHERE (tenant IS NOT NULL);

CREATE INDEX webhooks_by_verdict ON public.webhooks USING btree (verdict, received_at, webhook_id) WHERE (verdict <> 'accepted'::text);

CREATE INDEX webhooks_of_nobody ON public.webhooks USING btree (received_at, webhook_id) WHERE (tenant IS NULL);

CREATE TRIGGER opt_out_history_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.opt_out_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
