-- Notifications: one digest per user and local date, a delivery per channel, sent once (seed 003, ステップ2).

create table public.digests (
  id uuid primary key default gen_random_uuid(),
  user_id text not null,
  local_date date not null,
  due_at timestamptz not null,
  facts jsonb,
  lease_token uuid,
  lease_expires_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  frozen_at timestamptz,
  constraint one_digest_per_user_and_local_date unique (user_id, local_date),
  constraint frozen_digests_have_facts check ((frozen_at is null) = (facts is null))
);
create index digests_being_composed on public.digests (lease_expires_at) where frozen_at is null;

alter table public.notifications add column digest_id uuid references public.digests (id) on delete set null;
create index notifications_by_digest on public.notifications (digest_id) where digest_id is not null;
create index notifications_without_digest on public.notifications (user_id, created_at) where sent_at is null and digest_id is null;

-- What goes to the e-mail provider in one request under one Idempotency-Key: always the same deliveries in the same order.
create table public.email_batches (
  id uuid primary key default gen_random_uuid(),
  created_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  lease_token uuid,
  lease_expires_at timestamptz,
  settled_at timestamptz
);
comment on table public.email_batches is 'A batch lives until its answer is known. It is sent as soon as it is made; within the provider''s 24 h the same key is safe to send again, after that nobody knows.';
create index email_batches_open on public.email_batches (next_attempt_at) where settled_at is null;

create table public.deliveries (
  id uuid primary key default gen_random_uuid(),
  digest_id uuid references public.digests (id) on delete cascade,
  user_id text not null,
  channel text not null,
  local_date date not null,
  recipient text not null,
  content jsonb,
  status text not null default 'pending',
  attempts integer not null default 0,
  generation integer not null default 1,
  next_attempt_at timestamptz not null default clock_timestamp(),
  batch_id uuid references public.email_batches (id) on delete set null,
  sent_alone boolean not null default false,
  lease_token uuid,
  lease_expires_at timestamptz,
  provider_id text,
  error jsonb,
  sent_at timestamptz,
  provider_status text,
  provider_status_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  constraint one_delivery_per_digest_and_channel unique (digest_id, channel),
  constraint deliveries_status_is_known check (status in ('pending', 'sending', 'sent', 'failed', 'uncertain')),
  constraint deliveries_provider_status_is_known check (provider_status in ('delivered', 'delayed', 'bounced', 'complained'))
);
comment on column public.deliveries.digest_id is 'Null for a test message.';
comment on column public.deliveries.content is 'The message, rendered once. Emptied by retention, after which it cannot be sent again.';
comment on column public.deliveries.status is 'uncertain: it may have arrived and is not sent again by itself.';
create index deliveries_waiting on public.deliveries (channel, next_attempt_at, id) where status = 'pending';
create index deliveries_in_flight on public.deliveries (lease_expires_at) where status = 'sending';
create index deliveries_by_batch on public.deliveries (batch_id) where batch_id is not null;
create index deliveries_by_provider_id on public.deliveries (provider_id) where provider_id is not null;
create index deliveries_by_user on public.deliveries (user_id, local_date desc);
create index deliveries_by_creation on public.deliveries (created_at desc, id);

-- When the next request to a provider, or message to a Slack channel, may go out: one pace for all workers.
create table public.send_slots (
  key text primary key,
  next_at timestamptz not null default '-infinity'
);

create table public.provider_webhooks (
  id text primary key,
  received_at timestamptz not null default clock_timestamp()
);

alter table public.digests enable row level security;
alter table public.email_batches enable row level security;
alter table public.deliveries enable row level security;
alter table public.send_slots enable row level security;
alter table public.provider_webhooks enable row level security;
revoke all on public.digests, public.email_batches, public.deliveries, public.send_slots, public.provider_webhooks
  from anon, authenticated;
grant select, insert, update, delete on public.digests, public.email_batches, public.deliveries, public.send_slots,
  public.provider_webhooks to service_role;

-- The channels on which a user can be reached: those configured, addressed, wanted and not turned off.
create function public.open_channels(p_settings public.user_alert_settings, p_configured text[]) returns text[]
language sql
immutable
set search_path = ''
as $$
  select array_remove(array[
    case when 'email' = any (p_configured) and p_settings.email <> '' and p_settings.email_enabled
      and p_settings.email_disabled_at is null then 'email' end,
    case when 'slack' = any (p_configured) and p_settings.slack_channel <> '' and p_settings.slack_enabled then 'slack' end
  ], null);
$$;

-- Users with something to tell and a channel to tell it on, and the local dates of their latest digests.
create function public.digest_candidates(p_channels text[], p_after text, p_limit integer)
returns table (user_id text, timezone text, notification_time text, digested text[])
language sql
stable
set search_path = ''
as $$
  select s.user_id, s.timezone, to_char(s.notification_time, 'HH24:MI'),
    array(select d.local_date::text from public.digests d where d.user_id = s.user_id order by d.local_date desc limit 3)
  from public.user_alert_settings s
  where s.user_id > p_after
    and exists (select 1 from public.notifications n where n.user_id = s.user_id and n.sent_at is null and n.digest_id is null)
    and public.open_channels(s, p_channels) <> '{}'
  order by s.user_id
  limit p_limit;
$$;

-- Opens the digests [{user_id, local_date, due_at}], each for one caller alone, and takes the users' waiting
-- notifications into them. Users whom another caller holds, or whose date has a digest, are left out.
create function public.open_digests(p_users jsonb, p_channels text[], p_lease_token uuid, p_lease_seconds double precision)
returns uuid[]
language plpgsql
set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  with held as (
    select s.user_id, u.local_date, u.due_at
    from jsonb_to_recordset(p_users) as u (user_id text, local_date date, due_at timestamptz)
    join public.user_alert_settings s on s.user_id = u.user_id
    where public.open_channels(s, p_channels) <> '{}'
    for update of s skip locked
  ), opened as (
    insert into public.digests (user_id, local_date, due_at, lease_token, lease_expires_at)
    select h.user_id, h.local_date, h.due_at, p_lease_token, clock_timestamp() + make_interval(secs => p_lease_seconds)
    from held h
    where exists (
      select 1 from public.notifications n where n.user_id = h.user_id and n.sent_at is null and n.digest_id is null)
    on conflict on constraint one_digest_per_user_and_local_date do nothing
    returning id, user_id
  ), taken as (
    update public.notifications n set digest_id = o.id
    from opened o where n.user_id = o.user_id and n.sent_at is null and n.digest_id is null
    returning n.digest_id
  )
  select array_agg(distinct t.digest_id) into v_ids from taken t;
  return coalesce(v_ids, '{}');
end;
$$;

-- Leases digests whose composer died before they were frozen.
create function public.take_over_digests(p_lease_token uuid, p_lease_seconds double precision, p_limit integer) returns uuid[]
language sql
set search_path = ''
as $$
  with stranded as (
    select d.id from public.digests d
    where d.frozen_at is null and d.lease_expires_at < clock_timestamp()
    order by d.lease_expires_at limit p_limit
    for update skip locked
  ), taken as (
    update public.digests d
    set lease_token = p_lease_token, lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
    from stranded s where d.id = s.id
    returning d.id
  )
  select coalesce(array_agg(t.id), '{}') from taken t;
$$;

-- All that opened digests are rendered from: settings, open channels, notifications with their articles' last days.
create function public.digest_sources(p_ids uuid[], p_channels text[], p_history_days integer)
returns table (id uuid, user_id text, local_date date, email text, slack_channel text, locale text, timezone text, channels text[], notifications jsonb)
language sql
stable
set search_path = ''
as $$
  select d.id, d.user_id, d.local_date, s.email, s.slack_channel, s.locale, s.timezone, public.open_channels(s, p_channels),
    (
      select jsonb_agg(n.notification_data || jsonb_build_object('history', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'checkedOn', o.checked_on, 'status', o.status, 'position', o.position::double precision) order by o.checked_on), '[]'::jsonb)
        from public.rank_observations o
        where o.article_id = n.article_id and o.checked_on <= n.checked_on and o.checked_on > n.checked_on - p_history_days
      )) order by n.checked_on, n.article_id)
      from public.notifications n where n.digest_id = d.id
    )
  from public.digests d
  join public.user_alert_settings s on s.user_id = d.user_id
  where d.id = any (p_ids) and d.frozen_at is null;
$$;

-- Freezes rendered digests [{id, facts, deliveries: [{channel, recipient, content}]}] whose lease is still the caller's.
create function public.freeze_digests(p_lease_token uuid, p_digests jsonb) returns integer
language sql
set search_path = ''
as $$
  with frozen as (
    update public.digests d
    set facts = r.facts, frozen_at = clock_timestamp(), lease_token = null, lease_expires_at = null
    from jsonb_to_recordset(p_digests) as r (id uuid, facts jsonb)
    where d.id = r.id and d.lease_token = p_lease_token and d.frozen_at is null
    returning d.id, d.user_id, d.local_date
  ), written as (
    insert into public.deliveries (digest_id, user_id, local_date, channel, recipient, content)
    select f.id, f.user_id, f.local_date, x.channel, x.recipient, x.content
    from frozen f
    join jsonb_to_recordset(p_digests) as r (id uuid, deliveries jsonb) on r.id = f.id
    cross join jsonb_to_recordset(r.deliveries) as x (channel text, recipient text, content jsonb)
    returning 1
  )
  select count(*)::integer from frozen;
$$;

-- Undoes digests that turned out to have nothing to say or nowhere to say it: their notifications wait again.
create function public.drop_digests(p_lease_token uuid, p_ids uuid[]) returns integer
language sql
set search_path = ''
as $$
  with dropped as (
    delete from public.digests d where d.id = any (p_ids) and d.lease_token = p_lease_token and d.frozen_at is null returning 1
  )
  select count(*)::integer from dropped;
$$;

-- Reserves the next turn of a provider or channel and says how many seconds away it is; null, with nothing
-- reserved, when it is further than p_max_wait_seconds.
create function public.take_send_slot(p_key text, p_interval_seconds double precision, p_max_wait_seconds double precision)
returns double precision
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_turn timestamptz;
begin
  insert into public.send_slots (key) values (p_key) on conflict (key) do nothing;
  select s.next_at into v_turn from public.send_slots s where s.key = p_key for update;
  v_now := clock_timestamp();
  v_turn := greatest(v_turn, v_now);
  if v_turn > v_now + make_interval(secs => p_max_wait_seconds) then return null; end if;
  update public.send_slots set next_at = v_turn + make_interval(secs => p_interval_seconds) where key = p_key;
  return extract(epoch from v_turn - v_now);
end;
$$;

-- A provider asked for a pause.
create function public.delay_send_slot(p_key text, p_seconds double precision) returns void
language sql
set search_path = ''
as $$
  insert into public.send_slots as s (key, next_at) values (p_key, clock_timestamp() + make_interval(secs => p_seconds))
  on conflict (key) do update set next_at = greatest(s.next_at, excluded.next_at);
$$;

-- Marks the notifications of digests as sent, and their articles as told (cooldown starts here).
create function public.mark_digests_sent(p_digest_ids uuid[], p_sent_at timestamptz) returns void
language sql
set search_path = ''
as $$
  with sent as (
    update public.notifications set sent_at = p_sent_at
    where digest_id = any (p_digest_ids) and sent_at is null
    returning article_id
  )
  update public.articles a set last_notification_sent_at = greatest(a.last_notification_sent_at, p_sent_at)
  from (select distinct article_id from sent) s where a.id = s.article_id;
$$;

-- Gives up what cannot be sent again without risking a second message: Slack messages whose sender died (Slack knows no
-- idempotency key), and e-mails whose answer stayed unknown for longer than p_window_seconds. Returns how many are uncertain now.
create function public.give_up_deliveries(p_window_seconds double precision) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_slack integer;
  v_email integer;
begin
  update public.deliveries d
  set status = 'uncertain', lease_token = null, lease_expires_at = null, error = jsonb_build_object('code', 'sender_died',
    'message', 'the sender ended before Slack''s answer was stored; the message may have arrived', 'permanent', true)
  where d.channel = 'slack' and d.status = 'sending' and d.lease_expires_at < clock_timestamp();
  get diagnostics v_slack = row_count;

  with old as (
    update public.email_batches b set settled_at = clock_timestamp(), lease_token = null, lease_expires_at = null
    where b.settled_at is null and b.created_at <= clock_timestamp() - make_interval(secs => p_window_seconds)
      and (b.lease_expires_at is null or b.lease_expires_at < clock_timestamp())
    returning b.id
  )
  update public.deliveries d
  set status = 'uncertain', lease_expires_at = null, error = jsonb_build_object('code', 'answer_unknown',
    'message', 'no answer came while a repetition was safe', 'permanent', true, 'previous', d.error)
  from old where d.batch_id = old.id and d.status = 'sending';
  get diagnostics v_email = row_count;
  return v_slack + v_email;
end;
$$;

-- Leases the next batch of e-mails: one whose answer is still unknown and that is due again, else a new one once at
-- least p_at_least e-mails wait. After p_window_seconds a repetition would not be safe any more (give_up_deliveries).
create function public.claim_email_batch(
  p_limit integer, p_at_least integer, p_lease_seconds double precision, p_window_seconds double precision
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_batch public.email_batches;
  v_token uuid := gen_random_uuid();
  v_ids uuid[];
begin
  select b.* into v_batch from public.email_batches b
  where b.settled_at is null and b.next_attempt_at <= clock_timestamp()
    and (b.lease_expires_at is null or b.lease_expires_at < clock_timestamp())
    and b.created_at > clock_timestamp() - make_interval(secs => p_window_seconds)
    and exists (select 1 from public.deliveries d where d.batch_id = b.id and d.status = 'sending')
  order by b.next_attempt_at limit 1
  for update skip locked;
  if found then
    select array_agg(d.id) into v_ids from public.deliveries d where d.batch_id = v_batch.id and d.status = 'sending';
  end if;

  if v_batch.id is null then
    select array_agg(w.id) into v_ids from (
      select d.id from public.deliveries d
      where d.channel = 'email' and d.status = 'pending' and d.next_attempt_at <= clock_timestamp() and not d.sent_alone
      order by d.next_attempt_at, d.id limit p_limit
      for update skip locked
    ) w;
    if coalesce(cardinality(v_ids), 0) < p_at_least then
      select array_agg(w.id) into v_ids from (
        select d.id from public.deliveries d
        where d.channel = 'email' and d.status = 'pending' and d.next_attempt_at <= clock_timestamp() and d.sent_alone
        order by d.next_attempt_at, d.id limit 1
        for update skip locked
      ) w;
    end if;
    if v_ids is null then return null; end if;
    insert into public.email_batches default values returning * into v_batch;
  end if;

  update public.email_batches
  set lease_token = v_token, lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds), attempts = attempts + 1
  where id = v_batch.id returning * into v_batch;
  update public.deliveries d
  set status = 'sending', attempts = d.attempts + 1, batch_id = v_batch.id, lease_expires_at = v_batch.lease_expires_at
  where d.id = any (v_ids);

  return (
    select jsonb_build_object('batch_id', v_batch.id, 'lease_token', v_token, 'attempts', v_batch.attempts,
      'deliveries', jsonb_agg(jsonb_build_object('id', d.id, 'recipient', d.recipient, 'content', d.content) order by d.id))
    from public.deliveries d where d.id = any (v_ids)
  );
end;
$$;

-- Stores the provider's answer for a batch: [{id, status: sent | failed, provider_id, error}]. Told again after
-- another worker has settled it, it changes nothing.
create function public.settle_email_batch(p_batch_id uuid, p_results jsonb, p_sent_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_digests uuid[];
  v_settled integer;
begin
  perform 1 from public.email_batches b where b.id = p_batch_id for update;
  with settled as (
    update public.deliveries d
    set status = r.status, provider_id = r.provider_id, error = r.error, lease_expires_at = null,
        sent_at = case when r.status = 'sent' then p_sent_at end
    from jsonb_to_recordset(p_results) as r (id uuid, status text, provider_id text, error jsonb)
    where d.id = r.id and d.batch_id = p_batch_id and d.status = 'sending'
    returning d.digest_id, d.status
  )
  select array_agg(s.digest_id) filter (where s.status = 'sent' and s.digest_id is not null), count(*)::integer
  into v_digests, v_settled from settled s;
  perform public.mark_digests_sent(v_digests, p_sent_at);
  update public.email_batches set settled_at = clock_timestamp(), lease_token = null, lease_expires_at = null
  where id = p_batch_id and settled_at is null;
  return v_settled;
end;
$$;

-- Puts a batch whose answer is unknown off: it is repeated as it is, under its key.
create function public.postpone_email_batch(p_batch_id uuid, p_lease_token uuid, p_error jsonb, p_retry_seconds double precision)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update public.email_batches b
  set next_attempt_at = clock_timestamp() + make_interval(secs => p_retry_seconds), lease_token = null, lease_expires_at = null
  where b.id = p_batch_id and b.lease_token = p_lease_token and b.settled_at is null;
  if not found then return false; end if;
  update public.deliveries d
  set error = p_error, lease_expires_at = null, next_attempt_at = clock_timestamp() + make_interval(secs => p_retry_seconds)
  where d.batch_id = p_batch_id and d.status = 'sending';
  return true;
end;
$$;

-- Ends a batch that was surely not accepted: its e-mails wait again, to be sent in another batch or, if the fault may
-- be one of theirs (p_alone), each by itself: had an earlier attempt been accepted, its answer would have come again instead
-- of a complaint about the contents. The attempt does not count. False when an earlier attempt may have been accepted, or
-- the lease was lost: the batch must then be put off instead.
create function public.free_email_batch(p_batch_id uuid, p_lease_token uuid, p_error jsonb, p_retry_seconds double precision, p_alone boolean)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update public.email_batches set settled_at = clock_timestamp(), lease_token = null, lease_expires_at = null
  where id = p_batch_id and lease_token = p_lease_token and settled_at is null and (attempts = 1 or p_alone);
  if not found then return false; end if;
  update public.deliveries d
  set status = 'pending', batch_id = null, sent_alone = d.sent_alone or p_alone, error = p_error, lease_expires_at = null,
      attempts = d.attempts - 1, next_attempt_at = clock_timestamp() + make_interval(secs => p_retry_seconds)
  where d.batch_id = p_batch_id and d.status = 'sending';
  return true;
end;
$$;

-- Leases Slack messages, at most one per channel, and only for channels whose turn it is. The oldest are looked at
-- first; only when their channels are all busy is the whole line searched.
create function public.claim_slack_deliveries(p_limit integer, p_lease_seconds double precision, p_interval_seconds double precision)
returns table (id uuid, digest_id uuid, user_id text, recipient text, content jsonb, attempts integer, lease_token uuid)
language plpgsql
set search_path = ''
as $$
declare
  v_keys text[];
  v_depth integer;
  v_token uuid := gen_random_uuid();
begin
  foreach v_depth in array array[100, null::integer] loop
    select array_agg(distinct c.key) into v_keys from (
      select 'slack:' || d.recipient as key from public.deliveries d
      where d.channel = 'slack' and d.status = 'pending' and d.next_attempt_at <= clock_timestamp()
      order by d.next_attempt_at, d.id limit v_depth
    ) c
    where not exists (select 1 from public.send_slots s where s.key = c.key and s.next_at > clock_timestamp());
    exit when v_keys is not null;
  end loop;
  if v_keys is null then return; end if;
  insert into public.send_slots (key) select k from unnest(v_keys) k order by k on conflict (key) do nothing;

  return query
  with turns as (
    select s.key from public.send_slots s
    where s.key = any (v_keys) and s.next_at <= clock_timestamp()
    limit p_limit
    for update skip locked
  ), taken as (
    update public.send_slots s set next_at = clock_timestamp() + make_interval(secs => p_interval_seconds)
    from turns t where s.key = t.key
    returning s.key
  ), chosen as (
    select (
      select d.id from public.deliveries d
      where d.channel = 'slack' and d.status = 'pending' and d.next_attempt_at <= clock_timestamp()
        and 'slack:' || d.recipient = t.key
      order by d.next_attempt_at, d.created_at, d.id limit 1
    ) as id from taken t
  )
  update public.deliveries d
  set status = 'sending', attempts = d.attempts + 1, lease_token = v_token,
      lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds)
  from chosen c where d.id = c.id and d.status = 'pending'
  returning d.id, d.digest_id, d.user_id, d.recipient, d.content, d.attempts, d.lease_token;
end;
$$;

-- Ends one attempt of a single delivery: sent | pending (again after p_retry_seconds) | failed | uncertain.
create function public.settle_delivery(
  p_id uuid, p_lease_token uuid, p_status text, p_provider_id text, p_error jsonb,
  p_retry_seconds double precision, p_counts boolean, p_sent_at timestamptz
) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_digest uuid;
begin
  update public.deliveries d
  set status = p_status, provider_id = coalesce(p_provider_id, d.provider_id), error = p_error,
      lease_token = null, lease_expires_at = null, attempts = d.attempts - case when p_counts then 0 else 1 end,
      sent_at = case when p_status = 'sent' then p_sent_at end,
      next_attempt_at = clock_timestamp() + make_interval(secs => p_retry_seconds)
  where d.id = p_id and d.lease_token = p_lease_token and d.status = 'sending'
  returning d.digest_id into v_digest;
  if not found then return false; end if;
  if p_status = 'sent' and v_digest is not null then perform public.mark_digests_sent(array[v_digest], p_sent_at); end if;
  return true;
end;
$$;

-- What waits on a channel for its next attempt, and in how many seconds that is; what somebody is sending is not counted.
create function public.deliveries_left(p_channel text) returns table (waiting integer, retry_seconds double precision)
language sql
stable
set search_path = ''
as $$
  select count(*)::integer, greatest(0, extract(epoch from min(greatest(d.next_attempt_at, s.next_at)) - clock_timestamp()))::double precision
  from public.deliveries d
  left join public.send_slots s on s.key = 'slack:' || d.recipient and d.channel = 'slack'
  where d.channel = p_channel and (d.status = 'pending' or (d.status = 'sending' and d.lease_expires_at is null));
$$;

-- Settings changed while messages wait: what is turned off is not sent any more, a new address is used at once.
-- A new address also deserves a new chance: what failed on every channel waits for the next digest.
create function public.follow_settings() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_before text[] := public.open_channels(old, '{email,slack}');
  v_now text[];
begin
  if new.email is distinct from old.email then
    new.email_disabled_at := null;
    new.email_disabled_reason := null;
  end if;
  new.updated_at := clock_timestamp();
  v_now := public.open_channels(new, '{email,slack}');

  update public.deliveries d
  set status = 'failed', error = jsonb_build_object('code', 'turned_off',
    'message', 'the channel was turned off before the message was sent', 'permanent', true)
  where d.user_id = new.user_id and d.status = 'pending' and d.channel <> all (v_now);
  update public.deliveries d
  set recipient = case d.channel when 'email' then new.email else new.slack_channel end
  where d.user_id = new.user_id and d.status = 'pending' and d.channel = any (v_now)
    and d.recipient <> case d.channel when 'email' then new.email else new.slack_channel end;

  if not v_now <@ v_before or new.email is distinct from old.email or new.slack_channel is distinct from old.slack_channel then
    update public.notifications n set digest_id = null
    where n.user_id = new.user_id and n.sent_at is null
      and exists (select 1 from public.deliveries x where x.digest_id = n.digest_id)
      and not exists (select 1 from public.deliveries x where x.digest_id = n.digest_id and x.status <> 'failed');
  end if;
  return new;
end;
$$;
create trigger follow_settings before update on public.user_alert_settings
  for each row execute function public.follow_settings();

-- What the e-mail provider reports later. A bounce for good or a complaint turns the address off, if it is still
-- the user's. Returns false for a report already seen or about an unknown e-mail.
create function public.record_email_report(p_webhook_id text, p_provider_id text, p_status text, p_at timestamptz, p_error jsonb, p_turn_off boolean)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_delivery public.deliveries;
begin
  insert into public.provider_webhooks (id) values (p_webhook_id) on conflict (id) do nothing;
  if not found then return false; end if;
  update public.deliveries d
  set provider_status = p_status, provider_status_at = p_at, error = coalesce(p_error, d.error)
  where d.provider_id = p_provider_id and d.channel = 'email'
    -- Reports arrive in any order: a later delivery report does not undo a complaint.
    and array_position(array['delayed', 'delivered', 'bounced', 'complained'], p_status)
      >= coalesce(array_position(array['delayed', 'delivered', 'bounced', 'complained'], d.provider_status), 0)
  returning * into v_delivery;
  if not found then return false; end if;
  if p_turn_off then
    update public.user_alert_settings s set email_disabled_at = p_at, email_disabled_reason = p_status
    where s.user_id = v_delivery.user_id and lower(s.email) = lower(v_delivery.recipient) and s.email_disabled_at is null;
  end if;
  return true;
end;
$$;

-- Moves notifications that have waited too long out of the way, and gives up deliveries that have: stale news
-- is not sent, and the list says so. Returns how many.
create function public.expire_notifications(p_before timestamptz) returns integer
language sql
set search_path = ''
as $$
  with stale as (
    delete from public.notifications n
    where n.sent_at is null and n.digest_id is null and n.created_at < p_before
    returning n.*
  ), kept as (
    insert into public.suppressed_notifications (article_id, user_id, kind, notification_data, checked_on, reason, created_at)
    select s.article_id, s.user_id, s.kind, s.notification_data, s.checked_on, 'expired', s.created_at from stale s
    on conflict on constraint one_suppression_per_article_and_day do update set reason = 'expired', until = null
    returning 1
  ), given_up as (
    update public.deliveries d
    set status = 'failed', error = jsonb_build_object('code', 'expired', 'message', 'it waited too long', 'permanent', true, 'previous', d.error)
    where d.status = 'pending' and d.created_at < p_before
    returning 1
  )
  select ((select count(*) from kept) + (select count(*) from given_up))::integer;
$$;

-- Retention: bodies of settled deliveries, old webhook ids, settled batches, idle slots.
create function public.prune_deliveries(p_before timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_emptied integer;
begin
  update public.deliveries set content = null
  where content is not null and status in ('sent', 'failed', 'uncertain') and created_at < p_before;
  get diagnostics v_emptied = row_count;
  delete from public.email_batches where settled_at < p_before;
  delete from public.provider_webhooks where received_at < p_before;
  delete from public.send_slots where next_at < p_before;
  return v_emptied;
end;
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.open_channels(public.user_alert_settings, text[])',
    'public.digest_candidates(text[], text, integer)',
    'public.open_digests(jsonb, text[], uuid, double precision)',
    'public.take_over_digests(uuid, double precision, integer)',
    'public.digest_sources(uuid[], text[], integer)',
    'public.freeze_digests(uuid, jsonb)',
    'public.drop_digests(uuid, uuid[])',
    'public.take_send_slot(text, double precision, double precision)',
    'public.delay_send_slot(text, double precision)',
    'public.mark_digests_sent(uuid[], timestamptz)',
    'public.give_up_deliveries(double precision)',
    'public.claim_email_batch(integer, integer, double precision, double precision)',
    'public.settle_email_batch(uuid, jsonb, timestamptz)',
    'public.postpone_email_batch(uuid, uuid, jsonb, double precision)',
    'public.free_email_batch(uuid, uuid, jsonb, double precision, boolean)',
    'public.claim_slack_deliveries(integer, double precision, double precision)',
    'public.settle_delivery(uuid, uuid, text, text, jsonb, double precision, boolean, timestamptz)',
    'public.deliveries_left(text)',
    'public.follow_settings()',
    'public.record_email_report(text, text, text, timestamptz, jsonb, boolean)',
    'public.expire_notifications(timestamptz)',
    'public.prune_deliveries(timestamptz)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
