-- What the admin reads and writes of rank watch: one function per page, aggregated here, paged by the caller.

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

-- Articles with their latest reading. state: paused | unread (no reading yet) | ok | not_ranked | failed.
create view public.article_states with (security_invoker = true) as
  select a.*, o.checked_on, o.status, o.position, o.error,
    case when not a.is_monitored then 'paused' else coalesce(o.status, 'unread') end as state
  from public.articles a
  left join lateral (
    select x.checked_on, x.status, x.position, x.error from public.rank_observations x
    where x.article_id = a.id order by x.checked_on desc limit 1
  ) o on true;
revoke all on public.article_states from anon, authenticated;
grant select on public.article_states to service_role;

create function public.article_counts(p_user text, p_query text)
returns table (state text, articles integer)
language sql
stable
set search_path = ''
as $$
  select a.state, count(*)::integer from public.article_states a
  where (p_user is null or a.user_id = p_user)
    and (p_query is null or a.title ilike '%' || p_query || '%' or a.keyword ilike '%' || p_query || '%'
      or a.url ilike '%' || p_query || '%' or a.id = p_query)
  group by a.state;
$$;

-- The articles that admin_articles lists under the same filters, whole and in pages by id: for export.
create function public.articles_matching(p_state text, p_user text, p_query text, p_after text, p_limit integer)
returns setof public.articles
language sql
stable
set search_path = ''
as $$
  select a.* from public.articles a
  join public.article_states s on s.id = a.id
  where a.id > p_after
    and (p_user is null or a.user_id = p_user)
    and (p_query is null or a.title ilike '%' || p_query || '%' or a.keyword ilike '%' || p_query || '%'
      or a.url ilike '%' || p_query || '%' or a.id = p_query)
    and case p_state
      when 'monitored' then a.is_monitored
      when 'paused' then not a.is_monitored
      when 'failed' then s.state = 'failed'
      when 'not_ranked' then s.state = 'not_ranked'
      else true end
  order by a.id
  limit p_limit;
$$;

-- Users who have settings or own articles; without settings nothing can be sent to them.
create function public.watch_users(p_without_settings boolean, p_limit integer)
returns table (user_id text, has_settings boolean, articles integer)
language sql
stable
set search_path = ''
as $$
  select u.user_id, u.has_settings, u.articles
  from (
    select coalesce(s.user_id, a.user_id) as user_id, s.user_id is not null as has_settings, coalesce(a.articles, 0) as articles
    from public.user_alert_settings s
    full join (select x.user_id, count(*)::integer as articles from public.articles x group by x.user_id) a on a.user_id = s.user_id
  ) u
  where not p_without_settings or not u.has_settings
  order by u.user_id
  limit p_limit;
$$;

-- Which article each row of an import [{id, user_id, url, keyword}] means: the one with its id, else with its user,
-- URL and keyword; null when it is new. A row that would make two articles one, or comes twice, is a conflict.
create function public.match_articles(p_rows jsonb)
returns table (place integer, id text, is_new boolean, is_conflict boolean)
language sql
stable
set search_path = ''
as $$
  with asked as (
    select r.id, r.user_id, r.url, r.keyword, r.place::integer as place
    from rows from (jsonb_to_recordset(p_rows) as (id text, user_id text, url text, keyword text)) with ordinality
      as r (id, user_id, url, keyword, place)
  ), matched as (
    select q.place, coalesce(by_id.id, by_key.id, q.id) as id, coalesce(by_id.id, by_key.id) is null as is_new,
      coalesce(by_key.id <> q.id, false) as is_conflict
    from asked q
    left join public.articles by_id on by_id.id = q.id
    left join public.articles by_key on by_key.user_id = q.user_id and by_key.url = q.url and by_key.keyword = q.keyword
  )
  select m.place, m.id, m.is_new,
    m.is_conflict or (m.id is not null and row_number() over (partition by m.id order by m.place) > 1)
  from matched m order by m.place;
$$;

-- Writes articles in bulk; see match_articles for which row means which, conflicts are left out. Of an article that
-- exists, only the columns in p_columns change.
create function public.import_articles(p_rows jsonb, p_columns text[])
returns table (created integer, updated integer)
language sql
set search_path = ''
as $$
  with asked as (
    select r.* from rows from (jsonb_to_recordset(p_rows) as (user_id text, url text, title text, keyword text,
      is_monitored boolean, source text, property text, country text, language text, competitors text[],
      drop_threshold integer, rise_threshold integer, top_10_threshold integer, top_3_threshold integer,
      lost_after_days integer, notification_cooldown_days integer, muted_kinds text[])) with ordinality
      as r (user_id, url, title, keyword, is_monitored, source, property, country, language, competitors,
        drop_threshold, rise_threshold, top_10_threshold, top_3_threshold, lost_after_days,
        notification_cooldown_days, muted_kinds, place)
  ), meant as (
    select m.id as known_id, q.* from asked q
    join public.match_articles(p_rows) m on m.place = q.place and not m.is_conflict
  ), written as (
    insert into public.articles as a (id, user_id, url, title, keyword, is_monitored, source, property, country, language,
      competitors, drop_threshold, rise_threshold, top_10_threshold, top_3_threshold, lost_after_days,
      notification_cooldown_days, muted_kinds)
    select coalesce(m.known_id, gen_random_uuid()::text), m.user_id, m.url, coalesce(nullif(m.title, ''), m.url), m.keyword,
      m.is_monitored, m.source, m.property, m.country, m.language, m.competitors, m.drop_threshold, m.rise_threshold,
      m.top_10_threshold, m.top_3_threshold, m.lost_after_days, m.notification_cooldown_days, m.muted_kinds
    from meant m
    on conflict (id) do update set
      user_id = excluded.user_id, url = excluded.url, keyword = excluded.keyword, updated_at = clock_timestamp(),
      title = case when 'title' = any (p_columns) then excluded.title else a.title end,
      is_monitored = case when 'is_monitored' = any (p_columns) then excluded.is_monitored else a.is_monitored end,
      source = case when 'source' = any (p_columns) then excluded.source else a.source end,
      property = case when 'property' = any (p_columns) then excluded.property else a.property end,
      country = case when 'country' = any (p_columns) then excluded.country else a.country end,
      language = case when 'language' = any (p_columns) then excluded.language else a.language end,
      competitors = case when 'competitors' = any (p_columns) then excluded.competitors else a.competitors end,
      drop_threshold = case when 'drop_threshold' = any (p_columns) then excluded.drop_threshold else a.drop_threshold end,
      rise_threshold = case when 'rise_threshold' = any (p_columns) then excluded.rise_threshold else a.rise_threshold end,
      top_10_threshold = case when 'top_10_threshold' = any (p_columns) then excluded.top_10_threshold else a.top_10_threshold end,
      top_3_threshold = case when 'top_3_threshold' = any (p_columns) then excluded.top_3_threshold else a.top_3_threshold end,
      lost_after_days = case when 'lost_after_days' = any (p_columns) then excluded.lost_after_days else a.lost_after_days end,
      notification_cooldown_days = case when 'notification_cooldown_days' = any (p_columns)
        then excluded.notification_cooldown_days else a.notification_cooldown_days end,
      muted_kinds = case when 'muted_kinds' = any (p_columns) then excluded.muted_kinds else a.muted_kinds end
    returning (xmax = 0) as is_new
  )
  select count(*) filter (where w.is_new)::integer, count(*) filter (where not w.is_new)::integer from written w;
$$;

-- What import_observations would do with each row: new | replaced | unmatched.
create function public.match_observations(p_rows jsonb)
returns table (place integer, verdict text)
language sql
stable
set search_path = ''
as $$
  select r.place::integer,
    case when a.id is null then 'unmatched' when o.article_id is null then 'new' else 'replaced' end
  from rows from (jsonb_to_recordset(p_rows) as (article_id text, user_id text, url text, keyword text, checked_on date)) with ordinality
    as r (article_id, user_id, url, keyword, checked_on, place)
  left join public.articles a on a.id = r.article_id
    or (r.article_id is null and a.user_id = r.user_id and a.url = r.url and a.keyword = r.keyword)
  left join public.rank_observations o on o.article_id = a.id and o.checked_on = r.checked_on
  order by r.place;
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.admin_articles(text, text, text, integer, date, integer, integer)',
    'public.article_history(text, date)',
    'public.admin_alert_users(text, integer, integer)',
    'public.import_observations(timestamptz, jsonb)',
    'public.article_counts(text, text)',
    'public.articles_matching(text, text, text, text, integer)',
    'public.watch_users(boolean, integer)',
    'public.match_articles(jsonb)',
    'public.import_articles(jsonb, text[])',
    'public.match_observations(jsonb)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
