-- Trending: counting. `trending_totals` counts from nothing and is the truth; `refresh_trending` moves the stored
-- counts from one snapshot and window end to the next, reading only what lies between; `recompute_trending` puts the
-- stored counts beside the truth, batch by batch.
-- Statement timeouts on functions are hoisted by PostgREST to the whole call: a caller that gave up leaves no query
-- behind that would keep the state's row. Everything reads at READ COMMITTED and takes no lock on a writer's row.
-- Intervals are half open, (start, end]: a post belongs to a window that ends with its own instant.

-- The query of one kind's rows with p_since < created_at <= p_end, sorted by topic and author, as a snapshot saw them
-- (null: as they are). Three sorted legs that merge: settled long before the snapshot, under way around it, lost since.
create function public.trending_rows_query(
  p_kind text, p_since timestamptz, p_end timestamptz, p_snapshot pg_snapshot, p_from text, p_to text
) returns text
language sql
immutable
set search_path = ''
as $$
  select concat(
    format('(select %s from public.%s where %s and %s %s order by topic_id, author_id)', columns, relation, live, bounds,
      case when p_snapshot is not null then format('and changed_xid < %L::xid8', pg_snapshot_xmin(p_snapshot)) end),
    case when p_snapshot is not null then format(
      ' union all (select %s from public.%s where %s and %s and changed_xid >= %L::xid8
          and pg_visible_in_snapshot(changed_xid, %L) order by topic_id, author_id)
        union all (select topic_id, author_id, created_at, is_reply from public.trending_removals
          where kind = %L and %s and removed_xid >= %L::xid8 and not pg_visible_in_snapshot(removed_xid, %L)
          and pg_visible_in_snapshot(was_xid, %L) order by topic_id, author_id)',
      columns, relation, live, bounds, pg_snapshot_xmin(p_snapshot), p_snapshot,
      p_kind, bounds, pg_snapshot_xmin(p_snapshot), p_snapshot, p_snapshot) end)
  from (
    select case p_kind when 'post' then 'topic_id, author_id, created_at, is_reply'
        else 'topic_id, null::text collate "C" as author_id, created_at, false as is_reply' end as columns,
      p_kind || 's' as relation,
      case p_kind when 'post' then 'deleted_at is null' else 'topic_id is not null' end as live,
      concat(format('created_at > %L and created_at <= %L', p_since, p_end),
        case when p_from is not null then format(' and topic_id > %L', p_from) end,
        case when p_to is not null then format(' and topic_id <= %L', p_to) end) as bounds
  ) part;
$$;

-- Counts per topic and window ending at p_end, as a snapshot saw the tables (null: as they are now).
-- p_from and p_to bound the topics, (from, to]; null is open. Posts come sorted from an index, so distinct authors
-- cost no sort; where history is far longer than the windows, the planner reads by time and sorts instead.
create function public.trending_totals(
  p_end timestamptz,
  p_windows integer[],
  p_snapshot pg_snapshot default null,
  p_from text default null,
  p_to text default null
) returns table (
  window_minutes integer, topic_id text, posts integer, unique_authors integer, previous_authors integer,
  replies integer, boosts integer, bookmarks integer
)
language plpgsql
stable
set search_path = ''
set work_mem = '128MB'
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  v_longest interval := (select make_interval(mins => max(m)) from unnest(p_windows) m);
  v_posts text;
  v_engagement text;
  v_rows text;
begin
  select
    string_agg(format(
      'count(*) filter (where created_at > %1$L) as posts%3$s,
       count(distinct author_id) filter (where created_at > %1$L) as authors%3$s,
       count(distinct author_id) filter (where created_at > %2$L and created_at <= %1$L) as previous%3$s,
       count(*) filter (where created_at > %1$L and is_reply) as replies%3$s',
      p_end - make_interval(mins => m), p_end - make_interval(mins => 2 * m), m), ', '),
    string_agg(format('count(*) filter (where created_at > %L) as n%s', p_end - make_interval(mins => m), m), ', '),
    string_agg(format('(%1$s, p.posts%1$s, p.authors%1$s, p.previous%1$s, p.replies%1$s, b.n%1$s, k.n%1$s)', m), ', ')
  into v_posts, v_engagement, v_rows
  from unnest(p_windows) m;

  return query execute format(
    'select w.minutes, topic_id, coalesce(w.posts, 0)::integer, coalesce(w.authors, 0)::integer,
       coalesce(w.previous, 0)::integer, coalesce(w.replies, 0)::integer, coalesce(w.boosts, 0)::integer,
       coalesce(w.bookmarks, 0)::integer
     from (select topic_id, %s from (%s) r group by topic_id) p
     full join (select topic_id, %s from (%s) r group by topic_id) b using (topic_id)
     full join (select topic_id, %s from (%s) r group by topic_id) k using (topic_id)
     cross join lateral (values %s) as w (minutes, posts, authors, previous, replies, boosts, bookmarks)
     where w.posts > 0 or w.previous > 0 or w.boosts > 0 or w.bookmarks > 0',
    v_posts, public.trending_rows_query('post', p_end - 2 * v_longest, p_end, p_snapshot, p_from, p_to),
    v_engagement, public.trending_rows_query('boost', p_end - v_longest, p_end, p_snapshot, p_from, p_to),
    v_engagement, public.trending_rows_query('bookmark', p_end - v_longest, p_end, p_snapshot, p_from, p_to),
    v_rows);
end;
$$;

-- The profile in force: the one an admin chose, else p_fallback, which must exist.
create function public.score_profile_in_force(p_fallback text) returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_name text := (select name from public.score_profiles where active or name = p_fallback order by active desc limit 1);
begin
  if v_name is null then
    raise exception 'there is no score profile %', p_fallback using errcode = 'PT404';
  end if;
  return v_name;
end;
$$;

-- Moves the counts to p_end, reading what is new since the last refresh and what crossed an edge of a window.
-- p_most_new: beyond so many new rows it asks for a full count; a tenth of the longest window unless told.
-- Answers {decision: 'refreshed' | 'full' | 'busy', reason, ...}: 'full' asks for start_trending and recompute_trending.
create function public.refresh_trending(
  p_end timestamptz, p_windows integer[], p_profile text, p_most_new bigint default null
) returns jsonb
language plpgsql
set search_path = ''
set statement_timeout = '50s'
set lock_timeout = '2s'
set work_mem = '64MB'
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  v_state public.trending_state;
  v_most_new bigint;
  v_reason text;
  v_end timestamptz;
  v_longest interval;
  v_edges text;
  v_result record;
begin
  select * into v_state from public.trending_state for update skip locked;
  if not found then
    return jsonb_build_object('decision', 'busy');
  end if;
  v_most_new := coalesce(p_most_new, greatest(50000, v_state.posts / 10));
  v_reason := case
    when v_state.window_end is null then 'first_run'
    when v_state.pass = 'build' then 'unfinished'
    when v_state.windows <> p_windows then 'windows_changed'
    when p_end - v_state.window_end > interval '1 hour' then 'gap'
    -- So much is new that counting everything, in batches, is quicker: a new row costs some ten times what one costs
    -- in a full count.
    when (select count(*) from (select from public.posts where changed_xid >= pg_snapshot_xmin(v_state.snapshot)
      limit v_most_new + 1) n) > v_most_new then 'burst'
    -- Somebody's clock was ahead; a minute or two are waited for instead.
    when v_state.window_end - p_end > interval '5 minutes' then 'ahead'
    -- Transactions ahead of this cluster's: state and rows were restored from a dump of another one.
    when pg_snapshot_xmax(v_state.snapshot) > pg_snapshot_xmax(pg_current_snapshot())
      or exists (select from public.posts where changed_xid >= pg_snapshot_xmax(pg_current_snapshot()))
      or exists (select from public.boosts where changed_xid >= pg_snapshot_xmax(pg_current_snapshot()))
      or exists (select from public.bookmarks where changed_xid >= pg_snapshot_xmax(pg_current_snapshot()))
      or exists (select from public.trending_removals where removed_xid >= pg_snapshot_xmax(pg_current_snapshot()))
      then 'restored'
  end;
  if v_reason is not null then
    return jsonb_build_object('decision', 'full', 'reason', v_reason);
  end if;
  v_end := greatest(p_end, v_state.window_end);
  select 2 * make_interval(mins => max(m)) into v_longest from unnest(p_windows) m;

  -- Instants at which a post enters or leaves a window, or the one before it. They lie an hour or more apart, the
  -- refresh less than an hour: no row is met twice.
  select string_agg(format(
      'select kind, topic_id, author_id, created_at, is_reply from public.trending_activity
       where created_at > %L and created_at <= %L
         and (changed_xid < %L::xid8 or pg_visible_in_snapshot(changed_xid, %L))',
      v_state.window_end - make_interval(mins => ago), v_end - make_interval(mins => ago),
      pg_snapshot_xmin(v_state.snapshot), v_state.snapshot), ' union all ')
  into v_edges
  from (select distinct m * k as ago from unnest(p_windows) m cross join generate_series(0, 2) k) e;

  execute format($sql$
    with w as (select m, make_interval(mins => m) as length from unnest(%1$L::integer[]) m),
    fresh as materialized (
      select kind, topic_id, author_id, created_at, is_reply from public.trending_activity
      where changed_xid >= %2$L::xid8 and not pg_visible_in_snapshot(changed_xid, %3$L)
        and created_at > %4$L::timestamptz - %6$L::interval
    ),
    gone as materialized (
      select kind, topic_id, author_id, created_at, is_reply from public.trending_removals
      where removed_xid >= %2$L::xid8 and not pg_visible_in_snapshot(removed_xid, %3$L)
        and pg_visible_in_snapshot(was_xid, %3$L) and created_at > %4$L::timestamptz - %6$L::interval
    ),
    edge as materialized (%7$s),
    counted as (
      select m, topic_id, kind, is_reply, 1 as n from fresh cross join w
      where created_at > %5$L::timestamptz - length and created_at <= %5$L::timestamptz
      union all
      select m, topic_id, kind, is_reply, -1 from gone cross join w
      where created_at > %4$L::timestamptz - length and created_at <= %4$L::timestamptz
      union all
      select m, topic_id, kind, is_reply,
        (created_at > %5$L::timestamptz - length and created_at <= %5$L::timestamptz)::integer
        - (created_at > %4$L::timestamptz - length and created_at <= %4$L::timestamptz)::integer
      from edge cross join w
    ),
    pair as materialized (
      select distinct topic_id, author_id from (
        select * from fresh union all select * from gone union all select * from edge) touched
      where kind = 'post'
    ),
    presence as (
      select p.topic_id, p.author_id, q.created_at, true as present,
        q.changed_xid < %2$L::xid8 or pg_visible_in_snapshot(q.changed_xid, %3$L) as past
      from pair p join public.posts q on q.topic_id = p.topic_id and q.author_id = p.author_id
        and q.deleted_at is null and q.created_at > %4$L::timestamptz - %6$L::interval
      union all
      select topic_id, author_id, created_at, false, true from gone where kind = 'post'
    ),
    author as (
      select m, topic_id,
        coalesce(bool_or(created_at > %5$L::timestamptz - length and created_at <= %5$L::timestamptz) filter (where present), false)::integer
        - coalesce(bool_or(created_at > %4$L::timestamptz - length and created_at <= %4$L::timestamptz) filter (where past), false)::integer as n,
        coalesce(bool_or(created_at > %5$L::timestamptz - 2 * length and created_at <= %5$L::timestamptz - length) filter (where present), false)::integer
        - coalesce(bool_or(created_at > %4$L::timestamptz - 2 * length and created_at <= %4$L::timestamptz - length) filter (where past), false)::integer as before
      from presence cross join w group by m, topic_id, author_id
    ),
    delta as (
      select m, topic_id, sum(posts)::integer as posts, sum(authors)::integer as authors, sum(previous)::integer as previous,
        sum(replies)::integer as replies, sum(boosts)::integer as boosts, sum(bookmarks)::integer as bookmarks
      from (
        select m, topic_id,
          case when kind = 'post' then n else 0 end as posts, 0 as authors, 0 as previous,
          case when is_reply then n else 0 end as replies,
          case when kind = 'boost' then n else 0 end as boosts,
          case when kind = 'bookmark' then n else 0 end as bookmarks
        from counted where n <> 0
        union all
        select m, topic_id, 0, n, before, 0, 0, 0 from author where n <> 0 or before <> 0
      ) d
      group by m, topic_id
    ),
    written as (
      insert into public.topic_window_metrics as t
        (window_minutes, topic_id, posts, unique_authors, previous_authors, replies, boosts, bookmarks, changed_at)
      select d.m, d.topic_id, coalesce(o.posts, 0) + d.posts, coalesce(o.unique_authors, 0) + d.authors,
        coalesce(o.previous_authors, 0) + d.previous, coalesce(o.replies, 0) + d.replies,
        coalesce(o.boosts, 0) + d.boosts, coalesce(o.bookmarks, 0) + d.bookmarks, clock_timestamp()
      from delta d
      left join public.topic_window_metrics o on o.window_minutes = d.m and o.topic_id = d.topic_id
      where (d.posts, d.authors, d.previous, d.replies, d.boosts, d.bookmarks) <> (0, 0, 0, 0, 0, 0)
      on conflict (window_minutes, topic_id) do update set
        posts = excluded.posts, unique_authors = excluded.unique_authors, previous_authors = excluded.previous_authors,
        replies = excluded.replies, boosts = excluded.boosts, bookmarks = excluded.bookmarks,
        changed_at = excluded.changed_at
      returning t.topic_id
    )
    select pg_current_snapshot() as snapshot,
      (select count(distinct topic_id) from written) as topics_upserted,
      (select count(*) from fresh) as rows_added,
      (select count(*) from gone) as rows_removed,
      (select count(*) from edge) as rows_at_edges
  $sql$, p_windows, pg_snapshot_xmin(v_state.snapshot), v_state.snapshot, v_state.window_end, v_end, v_longest, v_edges)
  into v_result;

  update public.trending_state
  set snapshot = v_result.snapshot, window_end = v_end, profile = public.score_profile_in_force(p_profile), refreshed_at = clock_timestamp();
  return jsonb_build_object('decision', 'refreshed', 'window_end', v_end,
    'topics_upserted', v_result.topics_upserted, 'rows_added', v_result.rows_added,
    'rows_removed', v_result.rows_removed, 'rows_at_edges', v_result.rows_at_edges);
end;
$$;

-- Makes p_limit rows at most that came from a cluster ahead of this one (a restored dump) rows that every snapshot has
-- seen; removals from there are of a past nobody counts from. Answers how many rows it took: again until it is 0.
create function public.adopt_restored_rows(p_limit integer) returns integer
language plpgsql
set search_path = ''
set statement_timeout = '50s'
set lock_timeout = '2s'
as $$
declare
  v_ahead xid8 := pg_snapshot_xmax(pg_current_snapshot());
  -- The first transaction id there can be.
  v_first constant xid8 := '3';
  v_posts integer;
  v_boosts integer;
  v_bookmarks integer;
begin
  delete from public.trending_removals where removed_xid >= v_ahead;
  update public.posts set changed_xid = v_first
  where ctid = any (array(select ctid from public.posts where changed_xid >= v_ahead limit p_limit));
  get diagnostics v_posts = row_count;
  update public.boosts set changed_xid = v_first
  where ctid = any (array(select ctid from public.boosts where changed_xid >= v_ahead limit p_limit));
  get diagnostics v_boosts = row_count;
  update public.bookmarks set changed_xid = v_first
  where ctid = any (array(select ctid from public.bookmarks where changed_xid >= v_ahead limit p_limit));
  get diagnostics v_bookmarks = row_count;
  return v_posts + v_boosts + v_bookmarks;
end;
$$;

-- Begins a full computation as of now: until its last batch is done the metrics are not to be read.
create function public.start_trending(p_end timestamptz, p_windows integer[], p_profile text) returns void
language plpgsql
set search_path = ''
set statement_timeout = '50s'
set lock_timeout = '2s'
as $$
begin
  perform from public.trending_state for update;
  update public.trending_state
  set snapshot = pg_current_snapshot(), window_end = p_end, windows = p_windows, profile = public.score_profile_in_force(p_profile),
      refreshed_at = clock_timestamp(), pass = 'build', pass_cursor = null, pass_drift = 0;
end;
$$;

-- Takes the next batch of a full computation and mends stored counts that differ from the truth. A batch is whole or
-- not at all, and the next call goes on where the last one ended, in whatever process.
-- p_pass 'verify' begins a verification unless a pass is under way. Answers {pass, done, drift, topics, window_end} or
-- {pass: null}: drift is rows of the pass so far, topics those that this batch wrote.
create function public.recompute_trending(p_batch integer, p_pass text default null) returns jsonb
language plpgsql
set search_path = ''
set statement_timeout = '50s'
set lock_timeout = '2s'
set work_mem = '128MB'
set jit = off
as $$
declare
  v_state public.trending_state;
  v_to text;
  v_drift integer;
  v_topics integer;
begin
  select * into v_state from public.trending_state for update;
  if v_state.pass is null and p_pass = 'verify' and v_state.window_end is not null then
    v_state.pass := 'verify';
    v_state.pass_cursor := null;
    v_state.pass_drift := 0;
  end if;
  if v_state.pass is null then
    return jsonb_build_object('pass', null);
  end if;
  select id into v_to from public.topics
  where v_state.pass_cursor is null or id > v_state.pass_cursor
  order by id offset p_batch - 1 limit 1;

  with truth as materialized (
    select * from public.trending_totals(v_state.window_end, v_state.windows, v_state.snapshot, v_state.pass_cursor, v_to)
  ), stored as (
    select * from public.topic_window_metrics
    where (v_state.pass_cursor is null or topic_id > v_state.pass_cursor) and (v_to is null or topic_id <= v_to)
  ), written as (
    insert into public.topic_window_metrics as t
      (window_minutes, topic_id, posts, unique_authors, previous_authors, replies, boosts, bookmarks, changed_at)
    select r.window_minutes, r.topic_id, r.posts, r.unique_authors, r.previous_authors, r.replies, r.boosts, r.bookmarks,
      clock_timestamp()
    from truth r left join stored s using (window_minutes, topic_id)
    where s.topic_id is null
      or (s.posts, s.unique_authors, s.previous_authors, s.replies, s.boosts, s.bookmarks)
        <> (r.posts, r.unique_authors, r.previous_authors, r.replies, r.boosts, r.bookmarks)
    on conflict (window_minutes, topic_id) do update set
      posts = excluded.posts, unique_authors = excluded.unique_authors, previous_authors = excluded.previous_authors,
      replies = excluded.replies, boosts = excluded.boosts, bookmarks = excluded.bookmarks,
      changed_at = excluded.changed_at
    returning t.topic_id
  ), emptied as (
    delete from public.topic_window_metrics t using stored s
    where t.window_minutes = s.window_minutes and t.topic_id = s.topic_id
      and (s.posts > 0 or s.unique_authors > 0 or s.previous_authors > 0 or s.replies > 0 or s.boosts > 0 or s.bookmarks > 0
        or s.window_minutes <> all (v_state.windows))
      and not exists (select from truth r where r.window_minutes = s.window_minutes and r.topic_id = s.topic_id)
    returning t.topic_id
  )
  select count(*), count(distinct topic_id) into v_drift, v_topics
  from (select topic_id from written union all select topic_id from emptied) mended;

  v_drift := v_state.pass_drift + v_drift;
  update public.trending_state
  set pass = case when v_to is not null then v_state.pass end,
      pass_cursor = v_to,
      pass_drift = v_drift,
      verified_at = case when v_to is null then window_end else verified_at end,
      drift = case when v_to is null then case when v_state.pass = 'verify' then v_drift else 0 end else drift end;
  return jsonb_build_object('pass', v_state.pass, 'done', v_to is null, 'drift', v_drift, 'topics', v_topics,
    'window_end', v_state.window_end);
end;
$$;

-- Deletes what nobody asks for any more: topics without a trace in a window since p_before, history older than it, old
-- values that every refresh from now on has seen. Answers how many, the topics of each window, and the tables' rows.
create function public.expire_trending(p_before timestamptz) returns jsonb
language plpgsql
set search_path = ''
set statement_timeout = '50s'
set lock_timeout = '2s'
as $$
declare
  v_topics integer;
  v_history integer;
  v_active jsonb;
begin
  delete from public.topic_window_metrics
  where posts = 0 and previous_authors = 0 and boosts = 0 and bookmarks = 0 and changed_at < p_before;
  get diagnostics v_topics = row_count;
  delete from public.topic_metrics_history where window_end < p_before;
  get diagnostics v_history = row_count;
  delete from public.topic_metrics_recordings where window_end < p_before;
  delete from public.trending_removals r using public.trending_state s where r.removed_xid < pg_snapshot_xmin(s.snapshot);
  select coalesce(jsonb_object_agg(window_minutes, n), '{}') into v_active from (
    select window_minutes, count(*) filter (where posts > 0 or boosts > 0 or bookmarks > 0) as n
    from public.topic_window_metrics group by window_minutes) w;
  update public.trending_state set topics = v_active, posts = coalesce((
    select sum(m.posts) from public.topic_window_metrics m where m.window_minutes = (select max(w) from unnest(windows) w)), 0);
  return jsonb_build_object('topics_expired', v_topics, 'history_expired', v_history, 'topics', v_active,
    'metrics_rows', (select count(*) from public.topic_window_metrics),
    'history_rows', (select count(*) from public.topic_metrics_history));
end;
$$;

-- True for one caller a day: warnings about table sizes are not repeated with every refresh.
create function public.claim_size_warning() returns boolean
language sql
set search_path = ''
as $$
  with claimed as (
    update public.trending_state set warned_of_size_at = clock_timestamp()
    where warned_of_size_at is null or warned_of_size_at < clock_timestamp() - interval '24 hours' returning 1
  )
  select exists (select from claimed);
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.trending_rows_query(text, timestamptz, timestamptz, pg_snapshot, text, text)',
    'public.trending_totals(timestamptz, integer[], pg_snapshot, text, text)',
    'public.score_profile_in_force(text)',
    'public.refresh_trending(timestamptz, integer[], text, bigint)',
    'public.adopt_restored_rows(integer)',
    'public.start_trending(timestamptz, integer[], text)',
    'public.recompute_trending(integer, text)',
    'public.expire_trending(timestamptz)',
    'public.claim_size_warning()'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
