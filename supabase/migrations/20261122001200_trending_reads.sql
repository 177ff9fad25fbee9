-- Trending: scores, reads for the API and the admin pages, history. Scores are computed when read, so that another
-- profile takes effect at once and a preview is the same query with other weights.

-- Seed 001, 点数計算. Weights in the order posts, unique authors, boosts, replies, bookmarks, participant delta.
-- Parsed when created, so it needs no search_path and can be inlined.
create function public.trending_score(
  weights double precision[], posts integer, authors integer, previous integer, replies integer, boosts integer, bookmarks integer
) returns double precision
language sql
immutable
return weights[1] * posts + weights[2] * authors + weights[3] * boosts + weights[4] * replies + weights[5] * bookmarks
  + weights[6] * (authors - previous);

create function public.score_weights(p_profile text) returns double precision[]
language sql
stable
set search_path = ''
as $$
  select array[s.posts, s.unique_authors, s.boosts, s.replies, s.bookmarks, s.participant_delta]
  from public.score_profiles s where s.name in (p_profile, 'default') order by s.name = p_profile desc limit 1;
$$;

-- The contract of PRODUCT.md: the two windows that are always counted, side by side.
create view public.topic_metrics with (security_invoker = true) as
select d.topic_id,
  s.window_end - interval '24 hours' as window_start,
  s.window_end,
  d.posts as posts_24h, coalesce(h.posts, 0) as posts_6h,
  d.unique_authors as unique_authors_24h, coalesce(h.unique_authors, 0) as unique_authors_6h,
  d.boosts as boosts_24h, coalesce(h.boosts, 0) as boosts_6h,
  d.replies as replies_24h, coalesce(h.replies, 0) as replies_6h,
  d.bookmarks as bookmarks_24h, coalesce(h.bookmarks, 0) as bookmarks_6h,
  d.unique_authors - d.previous_authors as participant_delta_24h,
  coalesce(h.unique_authors - h.previous_authors, 0) as participant_delta_6h,
  public.trending_score(w.weights, d.posts, d.unique_authors, d.previous_authors, d.replies, d.boosts, d.bookmarks) as score_24h,
  coalesce(public.trending_score(w.weights, h.posts, h.unique_authors, h.previous_authors, h.replies, h.boosts, h.bookmarks), 0)
    as score_6h,
  s.refreshed_at as updated_at
from public.trending_state s
cross join lateral (select public.score_weights(s.profile) as weights offset 0) w
join public.topic_window_metrics d on d.window_minutes = 1440
left join public.topic_window_metrics h on h.window_minutes = 360 and h.topic_id = d.topic_id
where s.window_end is not null and s.pass is distinct from 'build';
revoke all on public.topic_metrics from anon, authenticated;
grant select on public.topic_metrics to service_role;

-- Every topic with anything in the window, with its score: the stored counts, or with p_live_end counted now for a
-- window that ends then. Parsed when created, so it can be inlined.
create function public.trending_scored(p_window integer, p_weights double precision[], p_live_end timestamptz default null)
returns table (
  topic_id text, posts integer, unique_authors integer, previous_authors integer, replies integer,
  boosts integer, bookmarks integer, score double precision
)
language sql
stable
begin atomic
  select c.topic_id, c.posts, c.unique_authors, c.previous_authors, c.replies, c.boosts, c.bookmarks,
    public.trending_score(p_weights, c.posts, c.unique_authors, c.previous_authors, c.replies, c.boosts, c.bookmarks)
  from (
    select m.topic_id, m.posts, m.unique_authors, m.previous_authors, m.replies, m.boosts, m.bookmarks
    from public.topic_window_metrics m where p_live_end is null and m.window_minutes = p_window
    union all
    select t.topic_id, t.posts, t.unique_authors, t.previous_authors, t.replies, t.boosts, t.bookmarks
    from public.trending_totals(p_live_end, array[p_window]) t where p_live_end is not null
  ) c
  where c.posts > 0 or c.boosts > 0 or c.bookmarks > 0;
end;

-- One page of a ranking, best first; after (p_after_score, p_after_topic) when given.
-- p_live_end null: the stored counts. Else counted now, for a window that ends then. A topic deleted since the last
-- refresh keeps its place, under its id: a page that lost a row would look like the last one.
create function public.trending_topics(
  p_window integer, p_weights double precision[], p_limit integer,
  p_after_score double precision default null, p_after_topic text default null, p_live_end timestamptz default null
) returns table (
  topic_id text, name text, posts integer, unique_authors integer, previous_authors integer, replies integer,
  boosts integer, bookmarks integer, score double precision
)
language sql
stable
set search_path = ''
set statement_timeout = '5s'
set jit = off
as $$
  with page as (
    select * from public.trending_scored(p_window, p_weights, p_live_end) s
    where p_after_topic is null or s.score < p_after_score or (s.score = p_after_score and s.topic_id > p_after_topic)
    order by s.score desc, s.topic_id limit p_limit
  )
  select p.topic_id, coalesce(t.name, p.topic_id), p.posts, p.unique_authors, p.previous_authors, p.replies, p.boosts, p.bookmarks, p.score
  from page p left join public.topics t on t.id = p.topic_id
  order by p.score desc, p.topic_id;
$$;

-- What the ranking would become with other weights: the first p_limit topics under p_weights with both ranks.
create function public.preview_trending(p_window integer, p_now double precision[], p_weights double precision[], p_limit integer)
returns table (
  topic_id text, name text, posts integer, unique_authors integer, previous_authors integer, replies integer,
  boosts integer, bookmarks integer, score double precision, rank integer, score_now double precision, rank_now integer
)
language sql
stable
set search_path = ''
set statement_timeout = '5s'
set jit = off
as $$
  with scored as (
    select m.*,
      public.trending_score(p_now, m.posts, m.unique_authors, m.previous_authors, m.replies, m.boosts, m.bookmarks) as score_now
    from public.trending_scored(p_window, p_weights) m
  ), ranked as (
    select s.*, row_number() over (order by s.score desc, s.topic_id) as rank,
      row_number() over (order by s.score_now desc, s.topic_id) as rank_now
    from scored s
  )
  select r.topic_id, t.name, r.posts, r.unique_authors, r.previous_authors, r.replies, r.boosts, r.bookmarks,
    r.score, r.rank::integer, r.score_now, r.rank_now::integer
  from ranked r join public.topics t on t.id = r.topic_id
  where r.rank <= p_limit order by r.rank;
$$;

-- One topic in every window that is counted, with its rank there. No row where it has no trace.
create function public.trending_topic(p_topic text)
returns table (
  window_minutes integer, posts integer, unique_authors integer, previous_authors integer, replies integer,
  boosts integer, bookmarks integer, score double precision, rank integer
)
language sql
stable
set search_path = ''
set statement_timeout = '5s'
set jit = off
as $$
  select w.minutes, a.posts, a.unique_authors, a.previous_authors, a.replies, a.boosts, a.bookmarks, a.score,
    1 + (select count(*)::integer from public.trending_scored(w.minutes, p.weights) o
         where o.score > a.score or (o.score = a.score and o.topic_id < a.topic_id))
  from public.trending_state s
  cross join lateral (select public.score_weights(s.profile) as weights offset 0) p
  cross join unnest(s.windows) as w (minutes)
  cross join lateral (select * from public.trending_scored(w.minutes, p.weights) t where t.topic_id = p_topic) a
  order by w.minutes;
$$;

-- The newest posts of each topic within (p_start, p_end], at most p_per_topic each.
create function public.trending_posts(p_topics text[], p_start timestamptz, p_end timestamptz, p_per_topic integer)
returns table (
  topic_id text, id text, author_id text, reply_to text, body text, created_at timestamptz, boosts integer, bookmarks integer
)
language sql
stable
set search_path = ''
set statement_timeout = '5s'
as $$
  select t.id, p.id, p.author_id, p.reply_to, p.body, p.created_at,
    (select count(*)::integer from public.boosts b where b.post_id = p.id),
    (select count(*)::integer from public.bookmarks k where k.post_id = p.id)
  from unnest(p_topics) with ordinality as t (id, n)
  cross join lateral (
    select * from public.posts o
    where o.topic_id = t.id and o.deleted_at is null and o.created_at > p_start and o.created_at <= p_end
    order by o.created_at desc, o.id desc limit p_per_topic
  ) p
  order by t.n, p.created_at desc, p.id desc;
$$;

-- The newest posts up to p_now of the people and in the topics that a user follows; older than (p_before_at, p_before_id).
create function public.following_posts(
  p_user text, p_now timestamptz, p_limit integer, p_before_at timestamptz default null, p_before_id text default null
) returns table (
  id text, topic_id text, topic_name text, author_id text, reply_to text, body text, created_at timestamptz, because text
)
language sql
stable
set search_path = ''
set statement_timeout = '5s'
as $$
  with found as (
    select p.* from public.user_follows f
    cross join lateral (
      select o.*, 'author' as because from public.posts o
      where o.author_id = f.followed_id and o.deleted_at is null and o.created_at <= p_now
        and (p_before_at is null or (o.created_at, o.id) < (p_before_at, p_before_id))
      order by o.created_at desc, o.id desc limit p_limit) p
    where f.user_id = p_user
    union all
    select p.* from public.topic_follows f
    cross join lateral (
      select o.*, 'topic' as because from public.posts o
      where o.topic_id = f.topic_id and o.deleted_at is null and o.created_at <= p_now
        and (p_before_at is null or (o.created_at, o.id) < (p_before_at, p_before_id))
      order by o.created_at desc, o.id desc limit p_limit) p
    where f.user_id = p_user
  ), once as (
    select distinct on (f.created_at, f.id) f.* from found f order by f.created_at desc, f.id desc, f.because limit p_limit
  )
  select o.id, o.topic_id, t.name, o.author_id, o.reply_to, o.body, o.created_at, o.because
  from once o join public.topics t on t.id = o.topic_id
  order by o.created_at desc, o.id desc;
$$;

-- Why nothing trends: facts for somebody who looks at an empty page.
create function public.trending_absence(p_now timestamptz) returns jsonb
language sql
stable
set search_path = ''
set statement_timeout = '5s'
as $$
  select jsonb_build_object(
    'has_topics', exists (select from public.topics),
    'has_posts', exists (select from public.posts),
    'latest_post_at', (select max(created_at) from public.posts where deleted_at is null and created_at <= p_now),
    'next_future_post_at', (select min(created_at) from public.posts where deleted_at is null and created_at > p_now));
$$;

-- Writes the p_top best topics of every window into the history. `refresh` records the stored counts, which must end at
-- p_end; `backfill` counts what is known today. The same call again replaces what it wrote. Answers the rows written.
create function public.record_trending(
  p_source text, p_end timestamptz, p_windows integer[], p_profile text, p_top integer
) returns integer
language plpgsql
set search_path = ''
set statement_timeout = '50s'
set lock_timeout = '30s'
set jit = off
as $$
declare
  v_rows integer;
begin
  -- Duplicate runs record one after the other.
  perform pg_advisory_xact_lock(hashtextextended(p_source, extract(epoch from p_end)::bigint));
  -- Held, so that no refresh moves the counts before they are written down.
  perform from public.trending_state where window_end = p_end and pass is distinct from 'build' for share;
  if p_source = 'refresh' and not found then
    raise exception 'the stored counts do not end at %', p_end using errcode = 'PT409';
  end if;
  delete from public.topic_metrics_history
  where source = p_source and window_end = p_end and window_minutes = any (p_windows);
  delete from public.topic_metrics_recordings
  where source = p_source and window_end = p_end and window_minutes = any (p_windows);
  with weights as materialized (
    select public.score_weights(p_profile) as w
  ), counted as (
    select m.window_minutes, m.topic_id, m.posts, m.unique_authors, m.previous_authors, m.replies, m.boosts, m.bookmarks
    from public.topic_window_metrics m where p_source = 'refresh' and m.window_minutes = any (p_windows)
    union all
    select t.* from public.trending_totals(p_end, p_windows) t where p_source = 'backfill'
  ), ranked as (
    select c.*, s.score, row_number() over (partition by c.window_minutes order by s.score desc, c.topic_id) as rank
    from counted c cross join weights
    cross join lateral (select public.trending_score(w, c.posts, c.unique_authors, c.previous_authors, c.replies, c.boosts,
      c.bookmarks) as score) s
    where c.posts > 0 or c.boosts > 0 or c.bookmarks > 0
  ), written as (
    insert into public.topic_metrics_history
      (topic_id, window_minutes, window_end, source, posts, unique_authors, previous_authors, replies, boosts, bookmarks, score, profile)
    select topic_id, window_minutes, p_end, p_source, posts, unique_authors, previous_authors, replies, boosts, bookmarks, score, p_profile
    from ranked where rank <= p_top
    returning window_minutes
  ), noted as (
    insert into public.topic_metrics_recordings (source, window_end, window_minutes, topics)
    select p_source, p_end, m, (select count(*) from written w where w.window_minutes = m) from unnest(p_windows) m
  )
  select count(*) into v_rows from written;
  if p_source = 'refresh' then
    update public.trending_state set recorded_end = p_end;
  end if;
  return v_rows;
end;
$$;

-- Window ends since p_since that a backfill has recorded for all of the given windows.
create function public.backfilled_ends(p_since timestamptz, p_windows integer[]) returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(window_end order by window_end), '[]') from (
    select window_end from public.topic_metrics_recordings
    where source = 'backfill' and window_end >= p_since and window_minutes = any (p_windows)
    group by window_end having count(*) = cardinality(p_windows)) e;
$$;

-- What refreshes recorded beside what a backfill counted for the same window ends. Posts that arrived after a refresh
-- are in the backfill alone: a difference is a late arrival, a later deletion, or an error. Both lists hold the best
-- topics only: one that stands in one list alone had too few in the other, or nothing.
create function public.compare_trending(p_since timestamptz, p_examples integer) returns jsonb
language sql
stable
set search_path = ''
set statement_timeout = '50s'
as $$
  with ends as (
    select window_end, window_minutes from public.topic_metrics_recordings
    where window_end >= p_since group by window_end, window_minutes having count(*) = 2
  ), recorded as (
    select h.* from public.topic_metrics_history h join ends using (window_end, window_minutes)
  ), pairs as (
    select window_end, window_minutes, topic_id, r, b, r.source is not null and b.source is not null as compared,
      (r.posts, r.unique_authors, r.previous_authors, r.replies, r.boosts, r.bookmarks)
        is not distinct from (b.posts, b.unique_authors, b.previous_authors, b.replies, b.boosts, b.bookmarks) as equal
    from (select * from recorded where source = 'refresh') r
    full join (select * from recorded where source = 'backfill') b using (window_end, window_minutes, topic_id)
  )
  select jsonb_build_object(
    'window_ends', (select count(distinct window_end) from ends),
    'compared', count(*) filter (where compared),
    'equal', count(*) filter (where compared and equal),
    'different', count(*) filter (where compared and not equal),
    'only_refresh', count(*) filter (where not compared and (r).source is not null),
    'only_backfill', count(*) filter (where not compared and (b).source is not null),
    'examples', coalesce((
      select jsonb_agg(jsonb_build_object('window_end', x.window_end, 'window_minutes', x.window_minutes, 'topic_id', x.topic_id,
        'refresh', to_jsonb(x.r), 'backfill', to_jsonb(x.b)) order by x.window_end desc, x.window_minutes desc, x.topic_id)
      from (select * from pairs where compared and not equal
        order by window_end desc, window_minutes desc, topic_id limit p_examples) x), '[]'))
  from pairs;
$$;

-- Score by window end for several topics: [{at, score}] oldest first; a refresh's own record before a backfill's.
create function public.trending_series(p_topics text[], p_window integer, p_since timestamptz)
returns table (topic_id text, points jsonb)
language sql
stable
set search_path = ''
set statement_timeout = '5s'
as $$
  select t.id, coalesce((
    select jsonb_agg(jsonb_build_object('at', h.window_end, 'score', h.score) order by h.window_end)
    from (
      select distinct on (window_end) window_end, score from public.topic_metrics_history
      where topic_id = t.id and window_minutes = p_window and window_end >= p_since
      order by window_end, source = 'refresh' desc) h), '[]')
  from unnest(p_topics) as t (id);
$$;

-- Chooses the profile in force, at once; null leaves the choice to the setting again.
create function public.choose_score_profile(p_name text, p_fallback text) returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_name is not null and not exists (select from public.score_profiles where name = p_name) then
    raise exception 'there is no score profile %', p_name using errcode = 'PT404';
  end if;
  update public.score_profiles set active = false where active and name is distinct from p_name;
  update public.score_profiles set active = true where name = p_name and not active;
  update public.trending_state set profile = public.score_profile_in_force(p_fallback);
end;
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.trending_score(double precision[], integer, integer, integer, integer, integer, integer)',
    'public.score_weights(text)',
    'public.trending_scored(integer, double precision[], timestamptz)',
    'public.trending_topics(integer, double precision[], integer, double precision, text, timestamptz)',
    'public.preview_trending(integer, double precision[], double precision[], integer)',
    'public.trending_topic(text)',
    'public.trending_posts(text[], timestamptz, timestamptz, integer)',
    'public.following_posts(text, timestamptz, integer, timestamptz, text)',
    'public.trending_absence(timestamptz)',
    'public.record_trending(text, timestamptz, integer[], text, integer)',
    'public.backfilled_ends(timestamptz, integer[])',
    'public.compare_trending(timestamptz, integer)',
    'public.trending_series(text[], integer, timestamptz)',
    'public.choose_score_profile(text, text)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
