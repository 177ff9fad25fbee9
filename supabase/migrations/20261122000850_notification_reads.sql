-- What the admin reads of notifications, and how it sends them again.

create index deliveries_in_trouble on public.deliveries (digest_id) where status in ('failed', 'uncertain');

-- Notifications and suppressed ones in one list, each with its state:
-- pending: waits for its user's time, or for its digest to be sent; sent: arrived on at least one channel (partly: but not,
-- or not for sure, on another); failed: refused on every channel; uncertain: may have arrived, on no channel for sure;
-- suppressed: deliberately not told.
create view public.notification_states with (security_invoker = true) as
  select n.id, n.article_id, n.user_id, n.kind, n.notification_data, n.checked_on, n.created_at, n.sent_at, n.digest_id,
    null::text as suppressed_reason, null::timestamptz as suppressed_until,
    case
      when n.sent_at is not null then 'sent'
      when d.frozen_at is null or coalesce(x.open, 0) > 0 then 'pending'
      when coalesce(x.uncertain, 0) > 0 then 'uncertain'
      else 'failed'
    end as state,
    n.sent_at is not null and exists (
      select 1 from public.deliveries t where t.digest_id = n.digest_id and t.status in ('failed', 'uncertain')
    ) as partly
  from public.notifications n
  left join public.digests d on d.id = n.digest_id
  left join lateral (
    select count(*) filter (where y.status in ('pending', 'sending')) as open,
      count(*) filter (where y.status = 'uncertain') as uncertain
    from public.deliveries y where y.digest_id = n.digest_id
  ) x on n.sent_at is null
  union all
  select s.id, s.article_id, s.user_id, s.kind, s.notification_data, s.checked_on, s.created_at, null, null, s.reason, s.until,
    'suppressed', false
  from public.suppressed_notifications s;
revoke all on public.notification_states from anon, authenticated;
grant select on public.notification_states to service_role;

-- Whether a delivery can be sent once more: it has ended, its content is kept, and its user still has the channel open.
create function public.can_resend(p_delivery public.deliveries) returns boolean
language sql
stable
set search_path = ''
as $$
  select p_delivery.status in ('sent', 'failed', 'uncertain') and p_delivery.content is not null and exists (
    select 1 from public.user_alert_settings s
    where s.user_id = p_delivery.user_id and p_delivery.channel = any (public.open_channels(s, '{email,slack}'))
  );
$$;

-- A page of that list, newest first, with what explains it; `%` and `_` in p_query are letters. p_state: pending | sent | partly | failed | uncertain |
-- suppressed, or null for all.
create function public.admin_notifications(
  p_state text, p_user text, p_article text, p_query text, p_limit integer, p_offset integer
) returns table (
  id uuid, article_id text, user_id text, kind text, notification_data jsonb, checked_on date, created_at timestamptz,
  sent_at timestamptz, state text, suppressed_reason text, suppressed_until timestamptz, local_date date, due_at timestamptz,
  settings jsonb, deliveries jsonb
)
language sql
stable
set search_path = ''
as $$
  with page as (
    select n.* from public.notification_states n
    where case when p_state = 'partly' then n.partly else p_state is null or n.state = p_state end
      and (p_user is null or n.user_id = p_user)
      and (p_article is null or n.article_id = p_article)
      and (p_query is null or strpos(lower(n.notification_data ->> 'title'), lower(p_query)) > 0
        or strpos(lower(n.notification_data ->> 'keyword'), lower(p_query)) > 0 or n.user_id = p_query)
    order by n.created_at desc, n.id limit p_limit offset p_offset
  )
  select p.id, p.article_id, p.user_id, p.kind, p.notification_data, p.checked_on, p.created_at, p.sent_at, p.state,
    p.suppressed_reason, p.suppressed_until, d.local_date, d.due_at,
    (
      select jsonb_build_object('email', s.email, 'slack_channel', s.slack_channel, 'timezone', s.timezone,
        'notification_time', to_char(s.notification_time, 'HH24:MI'), 'email_enabled', s.email_enabled,
        'slack_enabled', s.slack_enabled, 'email_disabled_at', s.email_disabled_at,
        'email_disabled_reason', s.email_disabled_reason,
        'digested', array(select g.local_date::text from public.digests g where g.user_id = s.user_id order by g.local_date desc limit 3))
      from public.user_alert_settings s where s.user_id = p.user_id
    ),
    coalesce((
      select jsonb_agg(jsonb_build_object('id', y.id, 'channel', y.channel, 'status', y.status, 'attempts', y.attempts,
        'recipient', y.recipient, 'error', y.error, 'next_attempt_at', y.next_attempt_at, 'sent_at', y.sent_at,
        'provider_id', y.provider_id, 'provider_status', y.provider_status, 'provider_status_at', y.provider_status_at,
        'can_resend', public.can_resend(y))
        order by y.channel)
      from public.deliveries y where y.digest_id = p.digest_id
    ), '[]'::jsonb)
  from page p left join public.digests d on d.id = p.digest_id
  order by p.created_at desc, p.id;
$$;

-- How many match in each state. partly counts once more what sent counts already.
create function public.admin_notification_counts(p_user text, p_article text, p_query text)
returns table (state text, notifications integer)
language sql
stable
set search_path = ''
as $$
  with matching as (
    select n.state, n.partly from public.notification_states n
    where (p_user is null or n.user_id = p_user)
      and (p_article is null or n.article_id = p_article)
      and (p_query is null or strpos(lower(n.notification_data ->> 'title'), lower(p_query)) > 0
        or strpos(lower(n.notification_data ->> 'keyword'), lower(p_query)) > 0 or n.user_id = p_query)
  )
  select m.state, count(*)::integer from matching m group by m.state
  union all
  select 'partly', count(*)::integer from matching m where m.partly having count(*) > 0;
$$;

-- Sends deliveries once more at an operator's word, to the address the user has now and under a new key. Those that
-- cannot be (`can_resend`) are left out: a channel that its user turned off stays off.
create function public.resend_deliveries(p_ids uuid[]) returns integer
language sql
set search_path = ''
as $$
  with again as (
    update public.deliveries d
    set status = 'pending', attempts = 0, generation = d.generation + 1, batch_id = null, sent_alone = false, error = null,
        provider_id = null, sent_at = null, provider_status = null, provider_status_at = null,
        next_attempt_at = clock_timestamp(), recipient = case d.channel when 'email' then s.email else s.slack_channel end
    from public.user_alert_settings s
    where d.id = any (p_ids) and s.user_id = d.user_id and public.can_resend(d)
    returning 1
  )
  select count(*)::integer from again;
$$;

-- The messages behind matching notifications that failed or are uncertain.
create function public.deliveries_to_resend(p_state text, p_user text, p_article text, p_query text)
returns setof public.deliveries
language sql
stable
set search_path = ''
as $$
  select y.* from public.deliveries y
  where y.status in ('failed', 'uncertain') and y.digest_id in (
    select n.digest_id from public.notification_states n
    where n.digest_id is not null
      and case when p_state = 'partly' then n.partly else p_state is null or n.state = p_state end
      and (p_user is null or n.user_id = p_user)
      and (p_article is null or n.article_id = p_article)
      and (p_query is null or strpos(lower(n.notification_data ->> 'title'), lower(p_query)) > 0
        or strpos(lower(n.notification_data ->> 'keyword'), lower(p_query)) > 0 or n.user_id = p_query)
  );
$$;

-- What `resend_matching` would do: how many messages would go again, and how many could not.
create function public.preview_resend(p_state text, p_user text, p_article text, p_query text)
returns table (channel text, status text, messages integer, left_out integer)
language sql
stable
set search_path = ''
as $$
  select r.channel, r.status, count(*) filter (where public.can_resend(r))::integer,
    count(*) filter (where not public.can_resend(r))::integer
  from public.deliveries_to_resend(p_state, p_user, p_article, p_query) r
  group by r.channel, r.status order by r.channel, r.status;
$$;

create function public.resend_matching(p_state text, p_user text, p_article text, p_query text) returns integer
language sql
set search_path = ''
as $$
  select public.resend_deliveries(array(select r.id from public.deliveries_to_resend(p_state, p_user, p_article, p_query) r));
$$;

-- What waits or went wrong, for the overview: read often, so only through the indexes of what is open.
create function public.notification_backlog() returns table (state text, notifications integer, oldest_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select n.state, count(*)::integer, min(n.created_at) from public.notification_states n
  where n.sent_at is null and n.state <> 'suppressed'
  group by n.state
  union all
  select 'partly', count(*)::integer, min(n.created_at) from public.notifications n
  where n.sent_at is not null
    and n.digest_id in (select t.digest_id from public.deliveries t where t.status in ('failed', 'uncertain'))
  having count(*) > 0;
$$;

-- Queues a message outside any digest (a test send), through the same road as all others.
create function public.queue_test_delivery(p_user_id text, p_channel text, p_recipient text, p_local_date date, p_content jsonb) returns uuid
language sql
set search_path = ''
as $$
  insert into public.deliveries (user_id, channel, recipient, local_date, content)
  values (p_user_id, p_channel, p_recipient, p_local_date, p_content) returning id;
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.can_resend(deliveries)',
    'public.admin_notifications(text, text, text, text, integer, integer)',
    'public.admin_notification_counts(text, text, text)',
    'public.resend_deliveries(uuid[])',
    'public.deliveries_to_resend(text, text, text, text)',
    'public.preview_resend(text, text, text, text)',
    'public.resend_matching(text, text, text, text)',
    'public.notification_backlog()',
    'public.queue_test_delivery(text, text, text, date, jsonb)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
