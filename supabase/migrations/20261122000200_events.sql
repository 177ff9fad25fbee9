-- Transactional outbox: an event is written with the change it tells of, and delivered to each sink at least once.

create table public.events (
  id uuid primary key,
  name text not null,
  key text not null,
  payload jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint one_event_per_key unique (key)
);
comment on column public.events.key is 'What happened, once: e.g. ranking_finalized:<theme>:v1. The id is derived from it, so sinks can dedupe.';

create table public.event_deliveries (
  event_id uuid not null references public.events (id) on delete cascade,
  sink text not null,
  status text not null default 'pending',
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  lease_token uuid,
  lease_expires_at timestamptz,
  delivered_at timestamptz,
  error jsonb,
  primary key (event_id, sink),
  constraint event_deliveries_status_is_known check (status in ('pending', 'delivering', 'delivered', 'failed'))
);
create index event_deliveries_open on public.event_deliveries (next_attempt_at) where status in ('pending', 'delivering');

create table public.push_tokens (
  token text primary key,
  user_id text not null,
  locale text not null default 'ja',
  created_at timestamptz not null default clock_timestamp(),
  disabled_at timestamptz,
  disabled_reason text,
  constraint push_tokens_locale_is_known check (locale in ('ja', 'en'))
);
create index push_tokens_active on public.push_tokens (token) where disabled_at is null;

create table public.push_messages (
  event_id uuid not null references public.events (id) on delete cascade,
  token text not null references public.push_tokens (token) on delete cascade,
  status text not null default 'pending',
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  lease_expires_at timestamptz,
  ticket_id text,
  sent_at timestamptz,
  receipt_after timestamptz,
  error jsonb,
  primary key (event_id, token),
  constraint push_messages_status_is_known
    check (status in ('pending', 'sending', 'sent', 'delivered', 'failed', 'unconfirmed'))
);
comment on column public.push_messages.status is 'sent: Expo gave a ticket; delivered: its receipt says ok; unconfirmed: no receipt within 24 h.';
create index push_messages_open on public.push_messages (event_id, next_attempt_at) where status in ('pending', 'sending');
create index push_messages_awaiting_receipt on public.push_messages (receipt_after) where status = 'sent';

alter table public.events enable row level security;
alter table public.event_deliveries enable row level security;
alter table public.push_tokens enable row level security;
alter table public.push_messages enable row level security;
revoke all on public.events, public.event_deliveries, public.push_tokens, public.push_messages from anon, authenticated;
grant select, insert, update, delete
  on public.events, public.event_deliveries, public.push_tokens, public.push_messages to service_role;

-- Writes an event for its sinks; the same key a second time changes nothing. Called inside other functions' transactions.
create function public.enqueue_event(p_name text, p_key text, p_payload jsonb, p_sinks text[]) returns uuid
language plpgsql
set search_path = ''
as $$
declare
  -- A UUID of version 8 (RFC 9562) made from the key: the same key is the same id everywhere.
  v_id uuid := overlay(overlay(md5(p_key) placing '8' from 13) placing 'a' from 17)::uuid;
begin
  insert into public.events (id, name, key, payload) values (v_id, p_name, p_key, p_payload)
  on conflict (key) do nothing;
  if found then
    insert into public.event_deliveries (event_id, sink) select v_id, s from unnest(p_sinks) as s;
  end if;
  return v_id;
end;
$$;

-- Leases deliveries that are due, skipping those another worker holds.
create function public.claim_event_deliveries(p_limit integer, p_lease_seconds double precision)
returns table (event_id uuid, sink text, attempts integer, lease_token uuid, name text, payload jsonb, created_at timestamptz)
language sql
set search_path = ''
as $$
  with due as (
    select d.event_id, d.sink from public.event_deliveries d
    where (d.status = 'pending' and d.next_attempt_at <= clock_timestamp())
       or (d.status = 'delivering' and d.lease_expires_at < clock_timestamp())
    order by d.next_attempt_at
    limit p_limit
    for update skip locked
  ), claimed as (
    update public.event_deliveries d
    set status = 'delivering', attempts = d.attempts + 1, lease_token = gen_random_uuid(),
        lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
    from due where d.event_id = due.event_id and d.sink = due.sink
    returning d.*
  )
  select c.event_id, c.sink, c.attempts, c.lease_token, e.name, e.payload, e.created_at
  from claimed c join public.events e on e.id = c.event_id;
$$;

-- Ends one attempt: p_status delivered | pending (again after p_retry_seconds) | failed. False when the lease was lost.
create function public.settle_event_delivery(
  p_event_id uuid, p_sink text, p_lease_token uuid, p_status text,
  p_error jsonb default null, p_retry_seconds double precision default 0
) returns boolean
language sql
set search_path = ''
as $$
  with settled as (
    update public.event_deliveries
    set status = p_status, error = p_error, lease_token = null, lease_expires_at = null,
        delivered_at = case when p_status = 'delivered' then clock_timestamp() end,
        next_attempt_at = clock_timestamp() + make_interval(secs => p_retry_seconds)
    where event_id = p_event_id and sink = p_sink and lease_token = p_lease_token and status = 'delivering'
    returning 1
  )
  select exists (select 1 from settled);
$$;

-- Prolongs a delivery's lease while a long one is under way; false when it was lost.
create function public.extend_event_delivery(p_event_id uuid, p_sink text, p_lease_token uuid, p_lease_seconds double precision)
returns boolean
language sql
set search_path = ''
as $$
  with kept as (
    update public.event_deliveries
    set lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
    where event_id = p_event_id and sink = p_sink and lease_token = p_lease_token and status = 'delivering'
    returning 1
  )
  select exists (select 1 from kept);
$$;

-- One message per active token for an event; a token added later is not told of an earlier result.
create function public.fan_out_push(p_event_id uuid) returns integer
language sql
set search_path = ''
as $$
  with written as (
    insert into public.push_messages (event_id, token)
    select p_event_id, t.token from public.push_tokens t
    where t.disabled_at is null
      and t.created_at <= (select e.created_at from public.events e where e.id = p_event_id)
    on conflict do nothing
    returning 1
  )
  select count(*)::integer from written;
$$;

create function public.claim_push_messages(p_event_id uuid, p_limit integer, p_lease_seconds double precision)
returns table (token text, locale text, attempts integer)
language sql
set search_path = ''
as $$
  with due as (
    select m.token from public.push_messages m
    where m.event_id = p_event_id
      and ((m.status = 'pending' and m.next_attempt_at <= clock_timestamp())
        or (m.status = 'sending' and m.lease_expires_at < clock_timestamp()))
    order by m.token
    limit p_limit
    for update skip locked
  ), claimed as (
    update public.push_messages m
    set status = 'sending', attempts = m.attempts + 1,
        lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
    from due where m.event_id = p_event_id and m.token = due.token
    returning m.token, m.attempts
  )
  select c.token, t.locale, c.attempts from claimed c join public.push_tokens t on t.token = c.token order by c.token;
$$;

-- Stores what Expo answered: [{token, status, ticket_id, error, retry_seconds, disable}].
create function public.settle_push_messages(p_event_id uuid, p_results jsonb, p_receipt_seconds double precision)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.push_messages m
  set status = r.status,
      ticket_id = coalesce(r.ticket_id, m.ticket_id),
      error = r.error,
      lease_expires_at = null,
      sent_at = case when r.status = 'sent' then clock_timestamp() else m.sent_at end,
      receipt_after = case when r.status = 'sent' then clock_timestamp() + make_interval(secs => p_receipt_seconds) end,
      next_attempt_at = clock_timestamp() + make_interval(secs => coalesce(r.retry_seconds, 0))
  from jsonb_to_recordset(p_results)
    as r (token text, status text, ticket_id text, error jsonb, retry_seconds double precision)
  where m.event_id = p_event_id and m.token = r.token;

  update public.push_tokens t
  set disabled_at = clock_timestamp(), disabled_reason = r.error ->> 'code'
  from jsonb_to_recordset(p_results) as r (token text, error jsonb, disable boolean)
  where t.token = r.token and r.disable and t.disabled_at is null;
end;
$$;

create function public.push_messages_left(p_event_id uuid) returns table (open integer, retry_seconds double precision)
language sql
stable
set search_path = ''
as $$
  select count(*)::integer,
    greatest(0, extract(epoch from min(coalesce(m.lease_expires_at, m.next_attempt_at)) - clock_timestamp()))::double precision
  from public.push_messages m where m.event_id = p_event_id and m.status in ('pending', 'sending');
$$;

-- Messages whose receipt should be there by now; their next look is set before asking, so two jobs ask for different ones.
create function public.claim_push_receipts(p_limit integer, p_again_seconds double precision)
returns table (event_id uuid, token text, ticket_id text)
language sql
set search_path = ''
as $$
  with due as (
    select m.event_id, m.token from public.push_messages m
    where m.status = 'sent' and m.receipt_after <= clock_timestamp()
    order by m.receipt_after
    limit p_limit
    for update skip locked
  )
  update public.push_messages m
  set receipt_after = clock_timestamp() + make_interval(secs => p_again_seconds)
  from due where m.event_id = due.event_id and m.token = due.token
  returning m.event_id, m.token, m.ticket_id;
$$;

-- Stores receipts: [{ticket_id, status: delivered | failed, error, disable}].
create function public.settle_push_receipts(p_results jsonb) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_settled integer;
begin
  update public.push_tokens t
  set disabled_at = clock_timestamp(), disabled_reason = r.error ->> 'code'
  from jsonb_to_recordset(p_results) as r (ticket_id text, error jsonb, disable boolean)
  join public.push_messages m on m.ticket_id = r.ticket_id
  where r.disable and t.token = m.token and t.disabled_at is null;

  update public.push_messages m
  set status = r.status, error = r.error
  from jsonb_to_recordset(p_results) as r (ticket_id text, status text, error jsonb)
  where m.ticket_id = r.ticket_id and m.status = 'sent';
  get diagnostics v_settled = row_count;
  return v_settled;
end;
$$;
create index push_messages_by_ticket on public.push_messages (ticket_id) where ticket_id is not null;

-- Expo keeps receipts for 24 h: after that the fate of a message cannot be learned any more.
create function public.expire_push_receipts(p_older_than_seconds double precision) returns integer
language sql
set search_path = ''
as $$
  with expired as (
    update public.push_messages set status = 'unconfirmed'
    where status = 'sent' and sent_at < clock_timestamp() - make_interval(secs => p_older_than_seconds)
    returning 1
  )
  select count(*)::integer from expired;
$$;

-- What waits, for the operator: per sink and for pushes.
create function public.outbox_summary()
returns table (sink text, pending integer, delivering integer, delivered integer, failed integer, oldest_pending_at timestamptz, last_error jsonb)
language sql
stable
set search_path = ''
as $$
  select d.sink,
    count(*) filter (where d.status = 'pending')::integer,
    count(*) filter (where d.status = 'delivering')::integer,
    count(*) filter (where d.status = 'delivered')::integer,
    count(*) filter (where d.status = 'failed')::integer,
    min(e.created_at) filter (where d.status in ('pending', 'delivering')),
    (array_agg(d.error order by d.next_attempt_at desc) filter (where d.error is not null and d.status <> 'delivered'))[1]
  from public.event_deliveries d join public.events e on e.id = d.event_id
  group by d.sink order by d.sink;
$$;

create function public.push_summary()
returns table (status text, messages integer)
language sql
stable
set search_path = ''
as $$
  select m.status, count(*)::integer from public.push_messages m group by m.status order by m.status;
$$;

-- Puts failed deliveries back in line, all or those of one sink; returns how many.
create function public.retry_failed_deliveries(p_sink text default null) returns integer
language sql
set search_path = ''
as $$
  with again as (
    update public.event_deliveries set status = 'pending', next_attempt_at = clock_timestamp(), attempts = 0
    where status = 'failed' and (p_sink is null or sink = p_sink)
    returning 1
  )
  select count(*)::integer from again;
$$;

create function public.prune_events(p_before timestamptz) returns integer
language sql
set search_path = ''
as $$
  with pruned as (
    delete from public.events e
    where e.created_at < p_before
      and not exists (select 1 from public.event_deliveries d where d.event_id = e.id and d.status in ('pending', 'delivering'))
    returning 1
  )
  select count(*)::integer from pruned;
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.enqueue_event(text, text, jsonb, text[])',
    'public.claim_event_deliveries(integer, double precision)',
    'public.settle_event_delivery(uuid, text, uuid, text, jsonb, double precision)',
    'public.extend_event_delivery(uuid, text, uuid, double precision)',
    'public.fan_out_push(uuid)',
    'public.claim_push_messages(uuid, integer, double precision)',
    'public.settle_push_messages(uuid, jsonb, double precision)',
    'public.push_messages_left(uuid)',
    'public.claim_push_receipts(integer, double precision)',
    'public.settle_push_receipts(jsonb)',
    'public.expire_push_receipts(double precision)',
    'public.outbox_summary()',
    'public.push_summary()',
    'public.retry_failed_deliveries(text)',
    'public.prune_events(timestamptz)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
