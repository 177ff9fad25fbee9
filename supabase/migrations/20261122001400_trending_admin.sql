-- Trending: the operator's list. As trending_topics from the stored counts, with each topic's rank in the whole
-- ranking, how many topics match, and its recorded scores since p_since. p_query: part of a name or an id; null for all.
create function public.admin_trending(
  p_window integer, p_weights double precision[], p_query text, p_limit integer, p_since timestamptz,
  p_after_score double precision default null, p_after_topic text default null
) returns table (
  topic_id text, name text, posts integer, unique_authors integer, previous_authors integer, replies integer,
  boosts integer, bookmarks integer, score double precision, rank integer, total integer, points jsonb
)
language sql
stable
set search_path = ''
set statement_timeout = '5s'
set jit = off
as $$
  with ranked as (
    select s.*, row_number() over (order by s.score desc, s.topic_id)::integer as rank
    from public.trending_scored(p_window, p_weights) s
  ), matching as (
    select r.*, count(*) over ()::integer as total from ranked r
    where p_query is null or exists (
      select from public.topics t where t.id = r.topic_id
        and (position(lower(p_query) in lower(t.name)) > 0 or position(lower(p_query) in lower(t.id)) > 0))
  ), page as (
    select * from matching m
    where p_after_topic is null or m.score < p_after_score or (m.score = p_after_score and m.topic_id > p_after_topic)
    order by m.rank limit p_limit
  )
  select p.topic_id, coalesce(t.name, p.topic_id), p.posts, p.unique_authors, p.previous_authors, p.replies, p.boosts, p.bookmarks, p.score,
    p.rank, p.total, s.points
  from page p
  left join public.topics t on t.id = p.topic_id
  left join public.trending_series(array(select topic_id from page), p_window, p_since) s on s.topic_id = p.topic_id
  order by p.rank;
$$;

revoke all on function public.admin_trending(integer, double precision[], text, integer, timestamptz, double precision, text)
  from public, anon, authenticated;
grant execute on function public.admin_trending(integer, double precision[], text, integer, timestamptz, double precision, text)
  to service_role;
