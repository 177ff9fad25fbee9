-- What the admin reads of rank watch and notifications: one function per page, aggregated here, paged by the caller.

-- Articles with their latest reading, the known one before it, and the last p_days days; p_state: monitored | paused |
-- failed | not_ranked | all. total counts all that match.
create function public.admin_articles(
  p_state text, p_user text, p_query text, p_days integer, p_today date, p_limit integer, p_offset integer
) returns table (
  id text, user_id text, url text, title text, keyword text, source text, is_monitored boolean,
  last_notification_sent_at timestamptz, checked_on date, status text, "position" double precision, error jsonb,
  previous_position double precision, previous_on date, history jsonb, total integer
)
language sql
stable
set search_path = ''
as $$
  with latest as (
    select a.*, o.checked_on, o.status, o.position as latest_position, o.error
    from public.articles a
    left join lateral (
      select x.checked_on, x.status, x.position, x.error from public.rank_observations x
      where x.article_id = a.id order by x.checked_on desc limit 1
    ) o on true
    where (p_user is null or a.user_id = p_user)
      and (p_query is null or a.title ilike '%' || p_query || '%' or a.keyword ilike '%' || p_query || '%'
        or a.url ilike '%' || p_query || '%' or a.id = p_query)
  ), matching as (
    select l.* from latest l
    where case p_state
      when 'monitored' then l.is_monitored
      when 'paused' then not l.is_monitored
      when 'failed' then l.is_monitored and l.status = 'failed'
      when 'not_ranked' then l.is_monitored and l.status = 'not_ranked'
      else true end
  ), page as (
    select m.*, count(*) over ()::integer as total from matching m
    order by m.title, m.keyword, m.id limit p_limit offset p_offset
  )
  select p.id, p.user_id, p.url, p.title, p.keyword, p.source, p.is_monitored, p.last_notification_sent_at,
    p.checked_on, p.status, p.latest_position::double precision, p.error,
    before.position::double precision, before.checked_on,
    coalesce((
      select jsonb_agg(jsonb_build_object('checkedOn', h.checked_on, 'status', h.status, 'position', h.position::double precision)
        order by h.checked_on)
      from public.rank_observations h where h.article_id = p.id and h.checked_on > p_today - p_days
    ), '[]'::jsonb),
    p.total
  from page p
  left join lateral (
    select b.position, b.checked_on from public.rank_observations b
    where b.article_id = p.id and b.checked_on < p.checked_on and b.status = 'ok'
    order by b.checked_on desc limit 1
  ) before on true
  order by p.title, p.keyword, p.id;
$$;

-- Every observation of an article since a day, oldest first.
create function public.article_history(p_article_id text, p_since date)
returns table (checked_on date, status text, "position" double precision, source text, observed_at timestamptz, found_url text, competitors jsonb, error jsonb)
language sql
stable
set search_path = ''
as $$
  select o.checked_on, o.status, o.position::double precision, o.source, o.observed_at, o.found_url, o.competitors, o.error
  from public.rank_observations o
  where o.article_id = p_article_id and o.checked_on >= p_since
  order by o.checked_on;
$$;

-- Notifications and suppressed ones in one list, each with its state:
-- pending: waits for its user's time, or for its digest to be sent; sent: arrived on at least one channel;
-- failed: refused on every channel; uncertain: may have arrived, on no channel for sure; suppressed: deliberately not told.
create view public.notification_states with (security_invoker = true) as
  select n.id, n.article_id, n.user_id, n.kind, n.notification_data, n.checked_on, n.created_at, n.sent_at, n.digest_id,
    null::text as suppressed_reason, null::timestamptz as suppressed_until,
    case
      when n.sent_at is not null then 'sent'
      when d.frozen_at is null or coalesce(x.open, 0) > 0 then 'pending'
      when coalesce(x.uncertain, 0) > 0 then 'uncertain'
      else 'failed'
    end as state
  from public.notifications n
  left join public.digests d on d.id = n.digest_id
  left join lateral (
    select count(*) filter (where y.status in ('pending', 'sending')) as open,
      count(*) filter (where y.status = 'uncertain') as uncertain
    from public.deliveries y where y.digest_id = n.digest_id
  ) x on n.sent_at is null
  union all
  select s.id, s.article_id, s.user_id, s.kind, s.notification_data, s.checked_on, s.created_at, null, null, s.reason, s.until, 'suppressed'
  from public.suppressed_notifications s;
revoke all on public.notification_states from anon, authenticated;
grant select on public.notification_states to service_role;

-- A page of that list, newest first, with what explains it: the user's settings and the deliveries of its digest.
create function public.admin_notifications(p_state text, p_user text, p_article text, p_query text, p_limit integer, p_offset integer)
returns table (
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
    where (p_state is null or n.state = p_state)
      and (p_user is null or n.user_id = p_user)
      and (p_article is null or n.article_id = p_article)
      and (p_query is null or n.notification_data ->> 'title' ilike '%' || p_query || '%'
        or n.notification_data ->> 'keyword' ilike '%' || p_query || '%' or n.user_id = p_query)
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
        'provider_id', y.provider_id, 'provider_status', y.provider_status, 'provider_status_at', y.provider_status_at)
        order by y.channel)
      from public.deliveries y where y.digest_id = p.digest_id
    ), '[]'::jsonb)
  from page p left join public.digests d on d.id = p.digest_id
  order by p.created_at desc, p.id;
$$;

create function public.admin_notification_counts(p_user text, p_article text, p_query text)
returns table (state text, notifications integer)
language sql
stable
set search_path = ''
as $$
  select n.state, count(*)::integer from public.notification_states n
  where (p_user is null or n.user_id = p_user)
    and (p_article is null or n.article_id = p_article)
    and (p_query is null or n.notification_data ->> 'title' ilike '%' || p_query || '%'
      or n.notification_data ->> 'keyword' ilike '%' || p_query || '%' or n.user_id = p_query)
  group by n.state;
$$;

-- Sends again what failed or is uncertain among the notifications that match; returns how many deliveries.
create function public.resend_matching(p_state text, p_user text, p_article text, p_query text) returns integer
language sql
set search_path = ''
as $$
  select public.resend_deliveries(array(
    select y.id from public.deliveries y
    where y.status in ('failed', 'uncertain') and y.digest_id in (
      select n.digest_id from public.notification_states n
      where n.digest_id is not null
        and (p_state is null or n.state = p_state)
        and (p_user is null or n.user_id = p_user)
        and (p_article is null or n.article_id = p_article)
        and (p_query is null or n.notification_data ->> 'title' ilike '%' || p_query || '%'
          or n.notification_data ->> 'keyword' ilike '%' || p_query || '%' or n.user_id = p_query)
    )
  ));
$$;

-- Users with what they watch and what waits for them.
create function public.admin_alert_users(p_query text, p_limit integer, p_offset integer)
returns table (
  user_id text, email text, slack_channel text, locale text, timezone text, notification_time text,
  notification_cooldown_days integer, email_enabled boolean, slack_enabled boolean, email_disabled_at timestamptz,
  email_disabled_reason text, articles integer, waiting integer, last_digest date, total integer
)
language sql
stable
set search_path = ''
as $$
  with page as (
    select s.*, count(*) over ()::integer as total from public.user_alert_settings s
    where p_query is null or s.user_id ilike '%' || p_query || '%' or s.email ilike '%' || p_query || '%'
    order by s.user_id limit p_limit offset p_offset
  )
  select p.user_id, p.email, p.slack_channel, p.locale, p.timezone, to_char(p.notification_time, 'HH24:MI'),
    p.notification_cooldown_days, p.email_enabled, p.slack_enabled, p.email_disabled_at, p.email_disabled_reason,
    (select count(*)::integer from public.articles a where a.user_id = p.user_id and a.is_monitored),
    (select count(*)::integer from public.notifications n where n.user_id = p.user_id and n.sent_at is null),
    (select max(d.local_date) from public.digests d where d.user_id = p.user_id),
    p.total
  from page p order by p.user_id;
$$;

-- Deliveries counted by channel and state, for the overview.
create function public.delivery_summary()
returns table (channel text, status text, deliveries integer)
language sql
stable
set search_path = ''
as $$
  select d.channel, d.status, count(*)::integer from public.deliveries d group by d.channel, d.status order by d.channel, d.status;
$$;

-- Queues a message outside any digest (a test send), through the same road as all others.
create function public.queue_test_delivery(p_user_id text, p_channel text, p_recipient text, p_local_date date, p_content jsonb) returns uuid
language sql
set search_path = ''
as $$
  insert into public.deliveries (user_id, channel, recipient, local_date, content)
  values (p_user_id, p_channel, p_recipient, p_local_date, p_content) returning id;
$$;

-- Writes articles in bulk [{user_id, url, title, keyword, …}]: an id that exists, else the same user, URL and keyword,
-- is updated; everything else is new.
create function public.import_articles(p_rows jsonb) returns table (created integer, updated integer)
language sql
set search_path = ''
as $$
  with asked as (
    select coalesce(r.id, known.id) as id, r.user_id, r.url, r.title, r.keyword, r.is_monitored, r.source, r.property,
      r.country, r.language, r.competitors, r.drop_threshold, r.rise_threshold, r.notification_cooldown_days
    from jsonb_to_recordset(p_rows) as r (id text, user_id text, url text, title text, keyword text, is_monitored boolean,
      source text, property text, country text, language text, competitors text[], drop_threshold integer,
      rise_threshold integer, notification_cooldown_days integer)
    left join public.articles known on known.user_id = r.user_id and known.url = r.url and known.keyword = r.keyword
  ), written as (
    insert into public.articles as a (id, user_id, url, title, keyword, is_monitored, source, property, country, language,
      competitors, drop_threshold, rise_threshold, notification_cooldown_days)
    select coalesce(q.id, gen_random_uuid()::text), q.user_id, q.url, q.title, q.keyword, coalesce(q.is_monitored, true),
      coalesce(q.source, 'serper'), q.property, coalesce(q.country, 'jp'), coalesce(q.language, 'ja'),
      coalesce(q.competitors, '{}'), q.drop_threshold, q.rise_threshold, q.notification_cooldown_days
    from asked q
    on conflict (id) do update
      set user_id = excluded.user_id, url = excluded.url, title = excluded.title, keyword = excluded.keyword,
          is_monitored = excluded.is_monitored, source = excluded.source, property = excluded.property,
          country = excluded.country, language = excluded.language, competitors = excluded.competitors,
          drop_threshold = excluded.drop_threshold, rise_threshold = excluded.rise_threshold,
          notification_cooldown_days = excluded.notification_cooldown_days, updated_at = clock_timestamp()
    returning (xmax = 0) as is_new
  )
  select count(*) filter (where w.is_new)::integer, count(*) filter (where not w.is_new)::integer from written w;
$$;

-- Stores readings of many days given by hand [{article_id | user_id, url, keyword; checked_on, position, status}];
-- unmatched counts rows whose article is not known.
create function public.import_observations(p_at timestamptz, p_rows jsonb) returns table (written integer, unmatched integer)
language plpgsql
set search_path = ''
as $$
declare
  v_written integer;
  v_asked integer := jsonb_array_length(p_rows);
begin
  insert into public.rank_observations (article_id, checked_on, position, status, source, observed_at)
  select distinct on (a.id, r.checked_on) a.id, r.checked_on, r.position, r.status, 'manual', p_at
  from jsonb_to_recordset(p_rows) as r (article_id text, user_id text, url text, keyword text, checked_on date, "position" numeric, status text)
  join public.articles a on a.id = r.article_id or (r.article_id is null and a.user_id = r.user_id and a.url = r.url and a.keyword = r.keyword)
  order by a.id, r.checked_on
  on conflict (article_id, checked_on) do update
    set position = excluded.position, status = excluded.status, source = excluded.source, error = null, observed_at = excluded.observed_at;
  get diagnostics v_written = row_count;
  return query select v_written, v_asked - v_written;
end;
$$;

revoke all on all functions in schema public from public, anon, authenticated;
grant execute on all functions in schema public to service_role;
