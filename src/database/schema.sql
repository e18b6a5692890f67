-- Made by scripts/schema.ts from src/database/migrations. To change it, add a migration and run the script.

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end
    $function$;

create table attempt_participants (
  message_id text not null,
  number integer not null,
  participant_sid text not null,
  channel text not null,
  sender text not null,
  recipient text not null,
  opted_out_by jsonb,
  constraint attempt_participants_pkey PRIMARY KEY (message_id, number, participant_sid)
);

create table attempts (
  message_id text not null,
  number integer not null,
  step integer not null,
  channel text not null,
  sender text,
  recipient text,
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
  country text,
  call_sid text,
  constraint attempts_pkey PRIMARY KEY (message_id, number),
  constraint attempts_counted_from_one CHECK (((number >= 1) AND (step >= 0))),
  constraint attempts_ended_with_result CHECK (((result IS NULL) = (ended_at IS NULL))),
  constraint attempts_have_both_addresses_or_none CHECK (((sender IS NULL) = (recipient IS NULL))),
  constraint attempts_held_back_never_sent CHECK (((held_back_by IS NULL) OR ((message_sid IS NULL) AND (creates_begun = 0)))),
  constraint attempts_one_kind CHECK (((message_sid IS NULL) OR (call_sid IS NULL))),
  constraint attempts_open_create_timed CHECK (((open_create IS NULL) = (open_create_at IS NULL))),
  constraint attempts_sent_with_sid CHECK (((COALESCE(message_sid, call_sid) IS NULL) = (sent_at IS NULL)))
);

create table call_events (
  event_id text not null,
  message_id text not null,
  attempt integer not null,
  call_sid text not null,
  event jsonb not null,
  received_at timestamp(3) with time zone not null default now(),
  signal_due_at timestamp(3) with time zone,
  constraint call_events_pkey PRIMARY KEY (event_id)
);

create table callbacks (
  callback_id text not null,
  message_id text not null,
  tenant text not null,
  type text not null,
  facts jsonb not null,
  status text not null default 'pending'::text,
  at timestamp(3) with time zone not null default now(),
  pending_since timestamp(3) with time zone not null default now(),
  checked_at timestamp(3) with time zone,
  tries integer not null default 0,
  tried_at timestamp(3) with time zone,
  problem text,
  to_step integer,
  constraint callbacks_pkey PRIMARY KEY (callback_id),
  constraint callbacks_dead_with_problem CHECK (((status <> 'dead'::text) OR (problem IS NOT NULL))),
  constraint callbacks_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text])))
);

create table conversations (
  channel text not null,
  sender text not null,
  recipient text not null,
  conversation_sid text not null,
  participant_sid text not null,
  remembered_at timestamp(3) with time zone not null default now(),
  last_inbound_at timestamp(3) with time zone,
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
  parent_id text,
  child_of jsonb,
  redrives integer not null default 0,
  reopened_at timestamp(3) with time zone,
  late_read_due_at timestamp with time zone,
  category text generated always as ((request ->> 'category'::text)) stored,
  outcome_kind text generated always as ((outcome ->> 'kind'::text)) stored,
  outcome_channel text generated always as ((outcome ->> 'channel'::text)) stored,
  error_code integer generated always as (((outcome ->> 'errorCode'::text))::integer) stored,
  error_class text generated always as ((outcome ->> 'errorClass'::text)) stored,
  outcome_sender text,
  outcome_country text,
  constraint messages_pkey PRIMARY KEY (message_id),
  constraint messages_child_with_parent CHECK (((parent_id IS NULL) = (child_of IS NULL))),
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
  redrive integer not null default 0,
  constraint outcome_corrections_pkey PRIMARY KEY (message_id, number)
);

create table redrives (
  message_id text not null,
  number integer not null,
  redriven_by text not null,
  was jsonb not null,
  at timestamp(3) with time zone not null default now(),
  constraint redrives_pkey PRIMARY KEY (message_id, number),
  constraint redrives_counted_from_one CHECK ((number >= 1))
);

create table suppressions (
  suppression_id bigint not null generated always as identity,
  address text not null,
  channel text not null,
  error_code integer not null,
  evidence text not null,
  since timestamp(3) with time zone not null,
  until timestamp(3) with time zone not null,
  lifted_at timestamp(3) with time zone,
  lifted_by text,
  lift_reason text,
  constraint suppressions_pkey PRIMARY KEY (suppression_id),
  constraint suppressions_lifted_by_somebody CHECK ((((lifted_at IS NULL) = (lifted_by IS NULL)) AND ((lifted_at IS NULL) = (lift_reason IS NULL)))),
  constraint suppressions_until_later CHECK ((until > since))
);

create table task_history (
  entry_id bigint not null generated always as identity,
  message_id text not null,
  step integer not null,
  kind text not null,
  actor text,
  note text,
  evidence text,
  at timestamp(3) with time zone not null default now(),
  constraint task_history_pkey PRIMARY KEY (entry_id)
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
  came_from text,
  passes_to text,
  claimed_by text,
  claimed_at timestamp(3) with time zone,
  on_call_recipient text,
  on_call_message_id text,
  constraint tasks_pkey PRIMARY KEY (message_id, step),
  constraint tasks_claimed_by_somebody CHECK (((claimed_by IS NULL) = (claimed_at IS NULL))),
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
  call_sid text,
  constraint webhooks_pkey PRIMARY KEY (received_at, webhook_id),
  constraint webhooks_count_positive CHECK ((count > 0))
);

alter table attempt_participants
  add constraint attempt_participants_message_id_number_fkey FOREIGN KEY (message_id, number) REFERENCES attempts(message_id, number) ON DELETE CASCADE;

alter table attempts
  add constraint attempts_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

alter table call_events
  add constraint call_events_message_id_attempt_fkey FOREIGN KEY (message_id, attempt) REFERENCES attempts(message_id, number) ON DELETE CASCADE;

alter table callbacks
  add constraint callbacks_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

alter table messages
  add constraint messages_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES messages(message_id) ON DELETE CASCADE;

alter table outcome_corrections
  add constraint outcome_corrections_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

alter table redrives
  add constraint redrives_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

alter table task_history
  add constraint task_history_message_id_step_fkey FOREIGN KEY (message_id, step) REFERENCES tasks(message_id, step) ON DELETE CASCADE;

alter table tasks
  add constraint tasks_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

alter table tasks
  add constraint tasks_on_call_message_id_fkey FOREIGN KEY (on_call_message_id) REFERENCES messages(message_id) ON DELETE SET NULL;

alter table timeline
  add constraint timeline_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(message_id) ON DELETE CASCADE;

CREATE INDEX attempt_participants_by_participant ON public.attempt_participants USING btree (participant_sid);

CREATE INDEX attempts_by_conversation ON public.attempts USING btree (conversation_sid) WHERE (conversation_sid IS NOT NULL);

CREATE INDEX attempts_by_participant ON public.attempts USING btree (participant_sid) WHERE (participant_sid IS NOT NULL);

CREATE UNIQUE INDEX attempts_call_sid ON public.attempts USING btree (call_sid) WHERE (call_sid IS NOT NULL);

CREATE UNIQUE INDEX attempts_message_sid ON public.attempts USING btree (message_sid) WHERE (message_sid IS NOT NULL);

CREATE INDEX attempts_open_calls ON public.attempts USING btree (recipient, sender) WHERE ((channel = 'voice'::text) AND (open_create IS NOT NULL));

CREATE INDEX call_events_by_attempt ON public.call_events USING btree (message_id, attempt);

CREATE INDEX call_events_by_call ON public.call_events USING btree (call_sid);

CREATE INDEX call_events_due ON public.call_events USING btree (signal_due_at) WHERE (signal_due_at IS NOT NULL);

CREATE INDEX callbacks_by_message ON public.callbacks USING btree (message_id);

CREATE INDEX callbacks_by_time ON public.callbacks USING btree (tenant, at DESC, callback_id DESC);

CREATE INDEX callbacks_dead ON public.callbacks USING btree (tenant, at DESC, callback_id DESC) WHERE (status = 'dead'::text);

CREATE INDEX callbacks_pending ON public.callbacks USING btree (pending_since) WHERE (status = 'pending'::text);

CREATE INDEX delivery_events_by_channel_message ON public.delivery_events USING btree (channel_message_sid) WHERE (channel_message_sid IS NOT NULL);

CREATE INDEX delivery_events_by_message ON public.delivery_events USING btree (message_sid);

CREATE INDEX delivery_events_by_receipt ON public.delivery_events USING btree (delivery_receipt_sid);

CREATE INDEX delivery_events_due ON public.delivery_events USING btree (signal_due_at) WHERE (signal_due_at IS NOT NULL);

CREATE INDEX messages_by_end ON public.messages USING btree (tenant, closed_at) INCLUDE (category, outcome_kind, outcome_channel, error_code, error_class, outcome_sender, outcome_country) WHERE (closed_at IS NOT NULL);

CREATE INDEX messages_by_outcome ON public.messages USING btree (tenant, ((outcome ->> 'kind'::text)), created_at DESC, message_id DESC) WHERE (closed_at IS NOT NULL);

CREATE INDEX messages_by_parent ON public.messages USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX messages_by_time ON public.messages USING btree (tenant, created_at DESC, message_id DESC);

CREATE INDEX messages_dead ON public.messages USING btree (tenant, created_at DESC, message_id DESC) WHERE ((outcome ->> 'dead'::text) IS NOT NULL);

CREATE INDEX messages_dead_of_all ON public.messages USING btree (created_at, message_id) WHERE ((outcome ->> 'dead'::text) IS NOT NULL);

CREATE INDEX messages_late_read_due ON public.messages USING btree (late_read_due_at) WHERE (late_read_due_at IS NOT NULL);

CREATE INDEX messages_open ON public.messages USING btree (tenant, created_at DESC, message_id DESC) WHERE (closed_at IS NULL);

CREATE INDEX messages_open_by_recipient ON public.messages USING btree (((request ->> 'to'::text))) WHERE (outcome IS NULL);

CREATE INDEX opt_outs_by_time ON public.opt_outs USING btree (at, opt_out_id);

CREATE INDEX suppressions_by_time ON public.suppressions USING btree (since, suppression_id) WHERE (lifted_at IS NULL);

CREATE UNIQUE INDEX suppressions_in_force ON public.suppressions USING btree (address, channel) WHERE (lifted_at IS NULL);

CREATE INDEX suppressions_lifted ON public.suppressions USING btree (address, channel, lifted_at) WHERE (lifted_at IS NOT NULL);

CREATE INDEX task_history_by_task ON public.task_history USING btree (message_id, step, entry_id);

CREATE UNIQUE INDEX task_history_evidence ON public.task_history USING btree (evidence) WHERE (evidence IS NOT NULL);

CREATE INDEX tasks_by_on_call_message ON public.tasks USING btree (on_call_message_id) WHERE (on_call_message_id IS NOT NULL);

CREATE INDEX tasks_closed ON public.tasks USING btree (tenant, closed_at DESC, message_id DESC, step DESC) WHERE (closed_at IS NOT NULL);

CREATE INDEX tasks_on_call ON public.tasks USING btree (on_call_recipient, opened_at DESC) WHERE (on_call_recipient IS NOT NULL);

CREATE INDEX tasks_open ON public.tasks USING btree (tenant, due_at) WHERE (closed_at IS NULL);

CREATE INDEX webhooks_by_message ON public.webhooks USING btree (message_sid) WHERE ((verdict <> 'accepted'::text) AND (message_sid IS NOT NULL));

CREATE INDEX webhooks_by_tenant ON public.webhooks USING btree (tenant, received_at, webhook_id) WHERE (tenant IS NOT NULL);

CREATE INDEX webhooks_by_verdict ON public.webhooks USING btree (verdict, received_at, webhook_id) WHERE (verdict <> 'accepted'::text);

CREATE INDEX webhooks_of_nobody ON public.webhooks USING btree (received_at, webhook_id) WHERE (tenant IS NULL);

CREATE STATISTICS public.messages_dead_are_few ON (outcome ->> 'dead'::text) FROM messages;

CREATE TRIGGER opt_out_history_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.opt_out_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER task_history_append_only BEFORE UPDATE OR TRUNCATE ON public.task_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER task_history_kept BEFORE DELETE ON public.task_history FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION refuse_change();
