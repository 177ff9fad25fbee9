-- The contest: themes of a day, their works, and the ranking that stands once a theme is closed.

create table public.themes (
  id text primary key,
  date date not null,
  title text not null,
  sponsored boolean not null default false,
  submissions_closed_at timestamptz,
  closed_at timestamptz,
  closed_outcome text,
  created_at timestamptz not null default clock_timestamp(),
  constraint themes_closed_outcome_is_known check (closed_outcome in ('finalized', 'empty')),
  constraint a_closed_theme_says_how check ((closed_at is null) = (closed_outcome is null))
);
comment on column public.themes.date is 'Business day in JST.';
comment on column public.themes.submissions_closed_at is 'When posting of works was stopped. The ranking itself closes at 22:00 JST of date, or at this instant if later.';
create index themes_by_date on public.themes (date desc);
create index themes_not_closed on public.themes (date) where closed_at is null;

create table public.works (
  id text primary key,
  theme_id text not null references public.themes (id) on delete cascade,
  title text not null,
  author_id text not null,
  created_at timestamptz not null default clock_timestamp()
);
create index works_by_theme on public.works (theme_id);

create table public.ranking_snapshots (
  theme_id text primary key references public.themes (id) on delete cascade,
  version integer not null,
  finalized_at timestamptz not null,
  run_id uuid,
  entries integer not null,
  checksum text not null,
  counts jsonb not null default '{}',
  constraint a_snapshot_is_not_empty check (entries > 0)
);
comment on column public.ranking_snapshots.checksum is 'sha256 over the rows in rank order; public.ranking_checksum(theme_id) recomputes it from what is stored.';

-- No reference to works: a ranking stands though a work is deleted later. The reference to the header is kept
-- by two statement triggers below: a foreign key checks row by row, which doubled the time of 100,000 rows.
create table public.rankings (
  theme_id text not null,
  work_id text not null,
  rank integer not null,
  score numeric(6, 5) not null,
  likes bigint,
  impressions bigint,
  unique_viewers bigint,
  primary key (theme_id, work_id),
  constraint one_work_per_rank unique (theme_id, rank),
  constraint ranks_start_at_one check (rank >= 1),
  constraint scores_lie_between_0_and_1 check (score >= 0 and score <= 1)
);
comment on column public.rankings.likes is 'As counted at closing; null where the live value was missing or not a count.';

create function public.check_rankings_have_a_snapshot() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_theme_id text;
begin
  select r.theme_id into v_theme_id from (select distinct theme_id from written) r
  where not exists (select 1 from public.ranking_snapshots s where s.theme_id = r.theme_id);
  if found then
    raise exception 'theme % has no ranking_snapshots row', v_theme_id using errcode = '23503';
  end if;
  return null;
end;
$$;
create trigger rankings_inserted after insert on public.rankings
referencing new table as written for each statement execute function public.check_rankings_have_a_snapshot();
create trigger rankings_updated after update on public.rankings
referencing new table as written for each statement execute function public.check_rankings_have_a_snapshot();

create function public.delete_rankings_of_snapshots() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from public.rankings r using removed where r.theme_id = removed.theme_id;
  return null;
end;
$$;
create trigger ranking_snapshots_deleted after delete on public.ranking_snapshots
referencing old table as removed for each statement execute function public.delete_rankings_of_snapshots();

create table public.superseded_rankings (
  theme_id text not null references public.themes (id) on delete cascade,
  version integer not null,
  finalized_at timestamptz not null,
  run_id uuid,
  entries integer not null,
  checksum text not null,
  counts jsonb not null,
  rankings jsonb not null,
  superseded_at timestamptz not null,
  superseded_by_run_id uuid,
  primary key (theme_id, version)
);
comment on table public.superseded_rankings is 'Versions a forced finalization replaced, whole, so that a correction can be explained.';

alter table public.themes enable row level security;
alter table public.works enable row level security;
alter table public.ranking_snapshots enable row level security;
alter table public.rankings enable row level security;
alter table public.superseded_rankings enable row level security;
revoke all on public.themes, public.works, public.ranking_snapshots, public.rankings, public.superseded_rankings
from anon, authenticated;
grant select, insert, update, delete
  on public.themes, public.works, public.ranking_snapshots, public.rankings, public.superseded_rankings to service_role;

-- The instant a theme's ranking closes: 22:00 JST of its day, or when submissions close if that is later.
create function public.theme_closes_at(t public.themes) returns timestamptz
language sql
immutable
set search_path = ''
as $$
  select greatest((t.date + time '22:00') at time zone 'Asia/Tokyo', t.submissions_closed_at);
$$;

-- Themes to close now: every one past its closing time that nobody closed, today's and earlier.
-- With p_ahead also themes of the JST day whose submissions are closed already (somebody asked by hand).
create function public.themes_due(p_now timestamptz, p_ahead boolean default false)
returns table (id text, date date, title text, sponsored boolean, closes_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select t.id, t.date, t.title, t.sponsored, public.theme_closes_at(t)
  from public.themes t
  where t.closed_at is null
    and t.date <= (p_now at time zone 'Asia/Tokyo')::date
    and (public.theme_closes_at(t) <= p_now or (p_ahead and t.submissions_closed_at <= p_now))
  order by t.date, t.id;
$$;

-- Replaces a theme's ranking in one transaction: rows, header, theme, event. Arrays are in rank order.
-- Outcomes: finalized; unchanged (same checksum: nothing written); conflict (differs and p_force is false).
create function public.finalize_ranking(
  p_theme_id text,
  p_run_id uuid,
  p_now timestamptz,
  p_checksum text,
  p_work_ids text[],
  p_scores numeric[],
  p_likes bigint[],
  p_impressions bigint[],
  p_unique_viewers bigint[],
  p_counts jsonb,
  p_event jsonb,
  p_sinks text[],
  p_force boolean default false
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_current public.ranking_snapshots;
  v_version integer := 1;
  v_entries integer := cardinality(p_work_ids);
  v_event_id uuid;
begin
  perform 1 from public.themes where id = p_theme_id for update;
  if not found then
    raise exception 'no theme %', p_theme_id using errcode = 'PT404';
  end if;

  select * into v_current from public.ranking_snapshots where theme_id = p_theme_id;
  if found then
    if v_current.checksum = p_checksum then
      return jsonb_build_object('outcome', 'unchanged', 'version', v_current.version, 'finalized_at', v_current.finalized_at);
    end if;
    if not p_force then
      return jsonb_build_object('outcome', 'conflict', 'version', v_current.version, 'finalized_at', v_current.finalized_at);
    end if;
    v_version := v_current.version + 1;
    insert into public.superseded_rankings
    select v_current.theme_id, v_current.version, v_current.finalized_at, v_current.run_id, v_current.entries,
      v_current.checksum, v_current.counts,
      (select jsonb_agg(to_jsonb(r) - 'theme_id' order by r.rank) from public.rankings r where r.theme_id = p_theme_id),
      p_now, p_run_id;
    delete from public.ranking_snapshots where theme_id = p_theme_id;
  end if;

  insert into public.ranking_snapshots (theme_id, version, finalized_at, run_id, entries, checksum, counts)
  values (p_theme_id, v_version, p_now, p_run_id, v_entries, p_checksum, p_counts);

  insert into public.rankings (theme_id, work_id, rank, score, likes, impressions, unique_viewers)
  select p_theme_id, r.work_id, r.rank, r.score, r.likes, r.impressions, r.unique_viewers
  from unnest(p_work_ids, p_scores, p_likes, p_impressions, p_unique_viewers)
    with ordinality as r (work_id, score, likes, impressions, unique_viewers, rank);

  update public.themes set closed_at = p_now, closed_outcome = 'finalized' where id = p_theme_id;

  v_event_id := public.enqueue_event(
    'ranking_finalized',
    'ranking_finalized:' || p_theme_id || ':v' || v_version,
    p_event || jsonb_build_object('theme_id', p_theme_id, 'version', v_version, 'finalized_at', p_now,
      'entries', v_entries, 'checksum', p_checksum, 'run_id', p_run_id),
    p_sinks);
  return jsonb_build_object('outcome', 'finalized', 'version', v_version, 'finalized_at', p_now, 'event_id', v_event_id);
end;
$$;

-- Closes a theme that nobody entered, and tells the operators once. A theme with a ranking is left as it is.
create function public.close_empty_theme(p_theme_id text, p_run_id uuid, p_now timestamptz, p_event jsonb, p_sinks text[])
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_theme public.themes;
begin
  select * into v_theme from public.themes where id = p_theme_id for update;
  if not found then
    raise exception 'no theme %', p_theme_id using errcode = 'PT404';
  end if;
  if v_theme.closed_outcome = 'finalized' then
    return 'already_final';
  end if;
  if v_theme.closed_at is null then
    update public.themes set closed_at = p_now, closed_outcome = 'empty' where id = p_theme_id;
    perform public.enqueue_event('ranking_empty', 'ranking_empty:' || p_theme_id,
      p_event || jsonb_build_object('theme_id', p_theme_id, 'run_id', p_run_id), p_sinks);
  end if;
  return 'empty';
end;
$$;

-- A theme with its snapshot header, or nothing when there is no such theme.
create function public.read_theme(p_theme_id text)
returns table (id text, date date, title text, sponsored boolean, closes_at timestamptz, submissions_closed_at timestamptz,
  closed_at timestamptz, closed_outcome text, snapshot jsonb)
language sql
stable
set search_path = ''
as $$
  select t.id, t.date, t.title, t.sponsored, public.theme_closes_at(t), t.submissions_closed_at, t.closed_at, t.closed_outcome,
    case when s.theme_id is null then null else jsonb_build_object('version', s.version, 'finalized_at', s.finalized_at,
      'run_id', s.run_id, 'entries', s.entries, 'checksum', s.checksum, 'counts', s.counts) end
  from public.themes t left join public.ranking_snapshots s on s.theme_id = t.id
  where t.id = p_theme_id;
$$;

-- One page of a final ranking, with titles of the works that still exist. Ranks after p_after_rank, or the
-- p_limit ranks centred on p_around (no row when that work is not ranked).
create function public.read_ranking(p_theme_id text, p_limit integer, p_after_rank integer default 0, p_around text default null)
returns table (rank integer, work_id text, title text, author_id text, score numeric, likes bigint, impressions bigint, unique_viewers bigint)
language sql
stable
set search_path = ''
as $$
  with first as (
    select case
      when p_around is null then p_after_rank
      else greatest(0, least(
        (select r.rank from public.rankings r where r.theme_id = p_theme_id and r.work_id = p_around) - 1 - p_limit / 2,
        (select s.entries from public.ranking_snapshots s where s.theme_id = p_theme_id) - p_limit))
      end as after_rank
    where p_around is null
      or exists (select 1 from public.rankings r where r.theme_id = p_theme_id and r.work_id = p_around)
  )
  select r.rank, r.work_id, w.title, w.author_id, r.score, r.likes, r.impressions, r.unique_viewers
  from first
  join public.rankings r on r.theme_id = p_theme_id
    and r.rank > first.after_rank and r.rank <= first.after_rank + p_limit
  left join public.works w on w.id = r.work_id
  order by r.rank;
$$;

-- Recomputes a stored ranking's checksum; equal to ranking_snapshots.checksum unless somebody changed rows.
-- One line per row: rank, work, score with 5 decimals, likes, impressions, unique viewers; tabs between, null empty.
create function public.ranking_checksum(p_theme_id text) returns text
language sql
stable
set search_path = ''
as $$
  select encode(sha256(convert_to(string_agg(
    r.rank || E'\t' || r.work_id || E'\t' || r.score || E'\t' || coalesce(r.likes::text, '') || E'\t' ||
    coalesce(r.impressions::text, '') || E'\t' || coalesce(r.unique_viewers::text, '') || E'\n', '' order by r.rank), 'UTF8')), 'hex')
  from public.rankings r where r.theme_id = p_theme_id;
$$;

-- Retention: rankings of days before p_before go, with their superseded versions; the themes stay. Returns how many.
create function public.delete_rankings_before(p_before date) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_deleted integer;
begin
  delete from public.superseded_rankings s using public.themes t where t.id = s.theme_id and t.date < p_before;
  delete from public.ranking_snapshots s using public.themes t where t.id = s.theme_id and t.date < p_before;
  get diagnostics v_deleted = row_count;
  return v_deleted;
end;
$$;

-- Themes for the operator, newest day first, each with its snapshot header.
create function public.list_themes(p_until date, p_limit integer default 30)
returns table (id text, date date, title text, sponsored boolean, closes_at timestamptz, closed_at timestamptz,
  closed_outcome text, works integer, snapshot jsonb)
language sql
stable
set search_path = ''
as $$
  select t.id, t.date, t.title, t.sponsored, public.theme_closes_at(t), t.closed_at, t.closed_outcome,
    (select count(*)::integer from public.works w where w.theme_id = t.id),
    case when s.theme_id is null then null else jsonb_build_object('version', s.version, 'finalized_at', s.finalized_at,
      'entries', s.entries, 'checksum', s.checksum, 'counts', s.counts) end
  from public.themes t left join public.ranking_snapshots s on s.theme_id = t.id
  where t.date <= p_until
  order by t.date desc, t.id limit p_limit;
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.check_rankings_have_a_snapshot()',
    'public.delete_rankings_of_snapshots()',
    'public.theme_closes_at(public.themes)',
    'public.themes_due(timestamptz, boolean)',
    'public.finalize_ranking(text, uuid, timestamptz, text, text[], numeric[], bigint[], bigint[], bigint[], jsonb, jsonb, text[], boolean)',
    'public.close_empty_theme(text, uuid, timestamptz, jsonb, text[])',
    'public.read_theme(text)',
    'public.read_ranking(text, integer, integer, text)',
    'public.ranking_checksum(text)',
    'public.delete_rankings_before(date)',
    'public.list_themes(date, integer)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
