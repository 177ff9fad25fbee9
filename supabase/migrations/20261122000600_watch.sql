-- Rank watch: articles, one observation per article and day, and what those days amount to (seed 003, ステップ1).

create table public.articles (
  id text primary key default gen_random_uuid()::text,
  user_id text not null,
  url text not null,
  title text not null,
  keyword text not null,
  is_monitored boolean not null default true,
  source text not null default 'serper',
  property text,
  country text not null default 'jp',
  language text not null default 'ja',
  competitors text[] not null default '{}',
  drop_threshold integer,
  rise_threshold integer,
  top_10_threshold integer,
  top_3_threshold integer,
  lost_after_days integer,
  notification_cooldown_days integer,
  muted_kinds text[],
  last_notification_sent_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint one_article_per_user_url_and_keyword unique (user_id, url, keyword),
  constraint articles_source_is_known check (source in ('search-console', 'serper', 'manual')),
  constraint articles_url_is_http check (url ~ '^https?://'),
  constraint articles_keyword_is_not_empty check (btrim(keyword) <> ''),
  constraint articles_thresholds_are_positive check (
    least(drop_threshold, rise_threshold, top_10_threshold, top_3_threshold, lost_after_days) > 0),
  constraint articles_cooldown_is_not_negative check (notification_cooldown_days >= 0)
);
comment on column public.articles.drop_threshold is 'Null thresholds, cooldown and muted kinds: those of the owner''s user_alert_settings.';
create index articles_monitored on public.articles (id) where is_monitored;

create table public.user_alert_settings (
  user_id text primary key,
  email text,
  slack_channel text,
  locale text not null default 'ja',
  timezone text not null default 'Asia/Tokyo',
  notification_time time not null default '09:00',
  notification_cooldown_days integer default 7,
  drop_threshold integer,
  rise_threshold integer,
  top_10_threshold integer,
  top_3_threshold integer,
  lost_after_days integer,
  muted_kinds text[] not null default '{}',
  email_enabled boolean not null default true,
  slack_enabled boolean not null default true,
  email_disabled_at timestamptz,
  email_disabled_reason text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint user_alert_settings_locale_is_known check (locale in ('ja', 'en')),
  constraint user_alert_settings_cooldown_is_not_negative check (notification_cooldown_days >= 0),
  constraint user_alert_settings_thresholds_are_positive check (
    least(drop_threshold, rise_threshold, top_10_threshold, top_3_threshold, lost_after_days) > 0),
  constraint user_alert_settings_disabled_reason_is_known
    check (email_disabled_reason in ('bounced', 'complained', 'unsubscribed'))
);
comment on column public.user_alert_settings.email_disabled_at is 'When a bounce, a complaint or an unsubscription turned this address off; a new address turns it on again.';
create index user_alert_settings_by_email on public.user_alert_settings (lower(email)) where email is not null;

create table public.rank_observations (
  article_id text not null references public.articles (id) on delete cascade,
  checked_on date not null,
  position numeric(7, 2),
  status text not null,
  source text not null,
  found_url text,
  competitors jsonb,
  error jsonb,
  run_id uuid,
  observed_at timestamptz not null default clock_timestamp(),
  primary key (article_id, checked_on),
  constraint rank_observations_status_is_known check (status in ('ok', 'not_ranked', 'failed')),
  constraint only_ok_has_a_position check ((status = 'ok') = (position is not null)),
  constraint positions_start_at_one check (position >= 1)
);
comment on column public.rank_observations.checked_on is 'Business day in JST. failed: nothing was learned, which is never a drop.';
create index rank_observations_by_day on public.rank_observations (checked_on, status);

create table public.rank_checks (
  checked_on date primary key,
  run_id uuid,
  decision text,
  counts jsonb not null default '{}',
  started_at timestamptz not null default clock_timestamp(),
  judged_at timestamptz,
  constraint rank_checks_decision_is_known check (decision in ('judged', 'partial', 'mass_loss'))
);
comment on column public.rank_checks.decision is 'judged: changes were told; partial: too many readings failed; mass_loss: too many pages vanished at once. The last two tell owners nothing.';

create table public.notifications (
  id uuid primary key default gen_random_uuid(),
  article_id text not null references public.articles (id) on delete cascade,
  user_id text not null,
  kind text not null,
  notification_data jsonb not null,
  checked_on date not null,
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  constraint one_notification_per_article_and_day unique (article_id, checked_on)
);
create index notifications_unsent on public.notifications (user_id) where sent_at is null;
create index notifications_by_creation on public.notifications (created_at desc, id);

create table public.suppressed_notifications (
  id uuid primary key default gen_random_uuid(),
  article_id text not null references public.articles (id) on delete cascade,
  user_id text not null,
  kind text not null,
  notification_data jsonb not null,
  checked_on date not null,
  reason text not null,
  until timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  constraint one_suppression_per_article_and_day unique (article_id, checked_on),
  constraint suppressed_notifications_reason_is_known check (reason in ('cooldown', 'muted', 'expired'))
);
comment on table public.suppressed_notifications is 'Changes that were seen and deliberately not told, with the reason. Kept apart, so that notifications with sent_at NULL are exactly those waiting to be sent.';
create index suppressed_notifications_by_creation on public.suppressed_notifications (created_at desc, id);

alter table public.articles enable row level security;
alter table public.user_alert_settings enable row level security;
alter table public.rank_observations enable row level security;
alter table public.rank_checks enable row level security;
alter table public.notifications enable row level security;
alter table public.suppressed_notifications enable row level security;
revoke all on public.articles, public.user_alert_settings, public.rank_observations, public.rank_checks,
  public.notifications, public.suppressed_notifications from anon, authenticated;
grant select, insert, update, delete on public.articles, public.user_alert_settings, public.rank_observations,
  public.rank_checks, public.notifications, public.suppressed_notifications to service_role;

-- Monitored articles that still lack a reading of the day: none yet, or one that failed, unless this run was told it is of no use.
create function public.articles_to_check(p_day date, p_run_id uuid, p_after text, p_limit integer)
returns table (id text, url text, keyword text, source text, property text, country text, language text, competitors text[])
language sql
stable
set search_path = ''
as $$
  select a.id, a.url, a.keyword, a.source, a.property, a.country, a.language, a.competitors
  from public.articles a
  left join public.rank_observations o on o.article_id = a.id and o.checked_on = p_day
  where a.is_monitored and a.source <> 'manual' and a.id > p_after
    and (o.article_id is null
      or (o.status = 'failed' and (o.run_id is distinct from p_run_id or (o.error ->> 'permanent') is distinct from 'true')))
  order by a.id
  limit p_limit;
$$;

-- Stores readings [{article_id, status, position, source, found_url, competitors, error}]. A reading that says
-- something replaces the day's earlier one; a failed one never replaces what is known. Articles deleted meanwhile are left out.
create function public.record_observations(p_day date, p_run_id uuid, p_observed_at timestamptz, p_readings jsonb)
returns integer
language sql
set search_path = ''
as $$
  with written as (
    insert into public.rank_observations as o
      (article_id, checked_on, position, status, source, found_url, competitors, error, run_id, observed_at)
    select r.article_id, p_day, r.position, r.status, r.source, r.found_url, r.competitors, r.error, p_run_id, p_observed_at
    from jsonb_to_recordset(p_readings) as r
      (article_id text, status text, position numeric, source text, found_url text, competitors jsonb, error jsonb)
    join public.articles a on a.id = r.article_id
    order by r.article_id
    on conflict (article_id, checked_on) do update
      set position = excluded.position, status = excluded.status, source = excluded.source,
          found_url = excluded.found_url, competitors = excluded.competitors, error = excluded.error,
          run_id = excluded.run_id, observed_at = excluded.observed_at
      where excluded.status <> 'failed' or o.status = 'failed'
    returning 1
  )
  select count(*)::integer from written;
$$;

-- How the day's check went, per source. lost: ranked when last known within p_lookback_days, not ranked today.
create function public.check_summary(p_day date, p_lookback_days integer)
returns table (source text, articles integer, ok integer, not_ranked integer, failed integer, ranked_before integer, lost integer, first_error jsonb)
language sql
stable
set search_path = ''
as $$
  select a.source, count(*)::integer,
    count(*) filter (where o.status = 'ok')::integer,
    count(*) filter (where o.status = 'not_ranked')::integer,
    count(*) filter (where o.status = 'failed')::integer,
    count(*) filter (where o.status <> 'failed' and before.status = 'ok')::integer,
    count(*) filter (where o.status = 'not_ranked' and before.status = 'ok')::integer,
    min(o.error::text) filter (where o.status = 'failed')::jsonb
  from public.articles a
  join public.rank_observations o on o.article_id = a.id and o.checked_on = p_day
  left join lateral (
    select b.status from public.rank_observations b
    where b.article_id = a.id and b.checked_on < p_day and b.checked_on >= p_day - p_lookback_days and b.status <> 'failed'
    order by b.checked_on desc limit 1
  ) before on true
  where a.is_monitored
  group by a.source order by a.source;
$$;

-- Articles with a known reading of the day and no notification for it yet, with all that the rules ask for:
-- thresholds as the article, else its owner, has them (null: the house's default), and the known days before, newest first.
create function public.articles_to_judge(p_day date, p_lookback_days integer, p_after text, p_limit integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(j) order by j.id), '[]'::jsonb)
  from (
    select a.id, a.user_id, a.url, a.title, a.keyword, a.source, a.last_notification_sent_at,
      o.status, o.position::double precision as position, o.observed_at,
      coalesce(a.drop_threshold, s.drop_threshold) as drop_threshold,
      coalesce(a.rise_threshold, s.rise_threshold) as rise_threshold,
      coalesce(a.top_10_threshold, s.top_10_threshold) as top_10_threshold,
      coalesce(a.top_3_threshold, s.top_3_threshold) as top_3_threshold,
      coalesce(a.lost_after_days, s.lost_after_days) as lost_after_days,
      coalesce(a.muted_kinds, s.muted_kinds, '{}') as muted_kinds,
      coalesce(a.notification_cooldown_days, s.notification_cooldown_days) as notification_cooldown_days,
      coalesce((
        select jsonb_agg(jsonb_build_object('checkedOn', b.checked_on, 'status', b.status, 'position', b.position::double precision)
          order by b.checked_on desc)
        from public.rank_observations b
        where b.article_id = a.id and b.checked_on < p_day and b.checked_on >= p_day - p_lookback_days and b.status <> 'failed'
      ), '[]'::jsonb) as history
    from public.rank_observations o
    join public.articles a on a.id = o.article_id
    left join public.user_alert_settings s on s.user_id = a.user_id
    where o.checked_on = p_day and o.status <> 'failed' and a.is_monitored and a.id > p_after
      and not exists (select 1 from public.notifications n where n.article_id = a.id and n.checked_on = p_day)
    order by a.id
    limit p_limit
  ) j;
$$;

-- Writes what the rules decided: [{article_id, user_id, kind, data, suppressed: null | reason, until}]. A second
-- notification for an article and day is not written; one that is told after all replaces its suppression.
create function public.write_notifications(p_day date, p_created_at timestamptz, p_rows jsonb)
returns table (created integer, suppressed integer)
language plpgsql
set search_path = ''
as $$
declare
  v_created integer;
  v_suppressed integer;
begin
  with told as (
    insert into public.notifications (article_id, user_id, kind, notification_data, checked_on, created_at)
    select r.article_id, r.user_id, r.kind, r.data, p_day, p_created_at
    from jsonb_to_recordset(p_rows) as r (article_id text, user_id text, kind text, data jsonb, suppressed text)
    join public.articles a on a.id = r.article_id
    where r.suppressed is null
    on conflict on constraint one_notification_per_article_and_day do nothing
    returning article_id
  ), replaced as (
    delete from public.suppressed_notifications x using told
    where x.article_id = told.article_id and x.checked_on = p_day
  )
  select count(*)::integer into v_created from told;

  insert into public.suppressed_notifications (article_id, user_id, kind, notification_data, checked_on, reason, until, created_at)
  select r.article_id, r.user_id, r.kind, r.data, p_day, r.suppressed, r.until, p_created_at
  from jsonb_to_recordset(p_rows) as r (article_id text, user_id text, kind text, data jsonb, suppressed text, until timestamptz)
  join public.articles a on a.id = r.article_id
  where r.suppressed is not null
  on conflict on constraint one_suppression_per_article_and_day do update
    set kind = excluded.kind, notification_data = excluded.notification_data, reason = excluded.reason, until = excluded.until;
  get diagnostics v_suppressed = row_count;
  return query select v_created, v_suppressed;
end;
$$;

create function public.record_rank_check(p_day date, p_run_id uuid, p_decision text, p_counts jsonb, p_at timestamptz)
returns void
language sql
set search_path = ''
as $$
  insert into public.rank_checks as c (checked_on, run_id, decision, counts, started_at, judged_at)
  values (p_day, p_run_id, p_decision, p_counts, p_at, case when p_decision is not null then p_at end)
  on conflict (checked_on) do update
    set run_id = excluded.run_id, decision = coalesce(excluded.decision, c.decision), counts = excluded.counts,
        judged_at = coalesce(excluded.judged_at, c.judged_at);
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.articles_to_check(date, uuid, text, integer)',
    'public.record_observations(date, uuid, timestamptz, jsonb)',
    'public.check_summary(date, integer)',
    'public.articles_to_judge(date, integer, text, integer)',
    'public.write_notifications(date, timestamptz, jsonb)',
    'public.record_rank_check(date, uuid, text, jsonb, timestamptz)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
