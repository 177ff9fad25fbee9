-- Trending (seed 001): what happens in topics, and how much of it per time window.
-- Every row that counts carries the transaction that brought it (changed_xid). A refresh remembers the snapshot it
-- read (trending_state), so the next one finds exactly what came after it, however late a transaction committed.
-- Inserts cost writers no trigger; what is changed or deleted leaves its old values in trending_removals.

create table public.topics (
  id text collate "C" primary key,
  name text not null,
  created_at timestamptz not null default clock_timestamp()
);

create table public.posts (
  id text collate "C" primary key,
  topic_id text collate "C" not null references public.topics (id) on delete cascade,
  author_id text collate "C" not null,
  reply_to text collate "C",
  body text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  deleted_at timestamptz,
  is_reply boolean not null generated always as (reply_to is not null) stored,
  changed_xid xid8 not null default pg_current_xact_id()
);
comment on column public.posts.deleted_at is 'A post taken down counts nowhere; set it back to null and it counts again.';
comment on column public.posts.changed_xid is 'The transaction that brought these values; the database keeps it, writers leave it out.';
create index posts_by_topic_and_author on public.posts (topic_id, author_id, created_at) include (is_reply, changed_xid)
  where deleted_at is null;
create index posts_by_time on public.posts (created_at) include (topic_id, author_id, is_reply, changed_xid)
  where deleted_at is null;
-- Whole, so that deleting a topic finds its posts by it too.
create index posts_by_topic on public.posts (topic_id, created_at desc, id desc);
create index posts_by_author on public.posts (author_id, created_at desc, id desc) where deleted_at is null;
create index posts_by_change on public.posts (changed_xid);
-- Counting reads the index alone where pages are known to be visible to all: let vacuum keep up with inserts.
alter table public.posts set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create table public.boosts (
  post_id text collate "C" not null references public.posts (id) on delete cascade,
  user_id text collate "C" not null,
  created_at timestamptz not null default clock_timestamp(),
  topic_id text collate "C",
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (post_id, user_id)
);
create table public.bookmarks (like public.boosts including defaults);
alter table public.bookmarks
  add primary key (post_id, user_id),
  add foreign key (post_id) references public.posts (id) on delete cascade;
comment on column public.boosts.topic_id is 'The topic this counts for: that of its post, null while the post is taken down. Kept by triggers.';
comment on column public.bookmarks.topic_id is 'As boosts.topic_id.';
create index boosts_by_time on public.boosts (created_at) include (topic_id, changed_xid) where topic_id is not null;
create index boosts_by_change on public.boosts (changed_xid);
create index bookmarks_by_time on public.bookmarks (created_at) include (topic_id, changed_xid) where topic_id is not null;
create index bookmarks_by_change on public.bookmarks (changed_xid);

-- Whom and what a user follows: the feed of /api/v1/following.
create table public.user_follows (
  user_id text collate "C" not null,
  followed_id text collate "C" not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, followed_id)
);
create table public.topic_follows (
  user_id text collate "C" not null,
  topic_id text collate "C" not null references public.topics (id) on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, topic_id)
);

-- The old values of rows that were changed or deleted, until a refresh has seen to them.
create table public.trending_removals (
  kind text not null,
  topic_id text collate "C" not null,
  author_id text collate "C",
  created_at timestamptz not null,
  is_reply boolean not null,
  was_xid xid8 not null,
  removed_xid xid8 not null default pg_current_xact_id(),
  constraint trending_removals_kind_is_known check (kind in ('post', 'boost', 'bookmark'))
);
create index trending_removals_by_transaction on public.trending_removals (removed_xid);

-- Everything that counts, in one shape.
create view public.trending_activity with (security_invoker = true) as
  select 'post' as kind, topic_id, author_id, created_at, is_reply, changed_xid
  from public.posts where deleted_at is null
  union all
  select 'boost', topic_id, null, created_at, false, changed_xid from public.boosts where topic_id is not null
  union all
  select 'bookmark', topic_id, null, created_at, false, changed_xid from public.bookmarks where topic_id is not null;

-- How far the metrics have come. One row; whoever refreshes holds it.
create table public.trending_state (
  one boolean primary key default true,
  snapshot pg_snapshot,
  window_end timestamptz,
  windows integer[] not null default '{}',
  profile text not null default 'default',
  refreshed_at timestamptz,
  pass text,
  pass_cursor text collate "C",
  pass_drift integer not null default 0,
  verified_at timestamptz,
  drift integer,
  recorded_end timestamptz,
  topics jsonb not null default '{}',
  posts bigint not null default 0,
  warned_of_size_at timestamptz,
  constraint trending_state_is_one_row check (one),
  constraint trending_state_pass_is_known check (pass in ('build', 'verify'))
);
comment on column public.trending_state.snapshot is 'What the metrics know: every change of a transaction this snapshot sees, no other.';
comment on column public.trending_state.window_end is 'Where every window ends; a whole minute.';
comment on column public.trending_state.windows is 'The lengths counted, in minutes.';
comment on column public.trending_state.profile is 'The score profile in force.';
comment on column public.trending_state.topics is 'Topics with anything in it, by window: {<minutes>: n}, as of the last refresh.';
comment on column public.trending_state.posts is 'Posts in the longest window, as of the last refresh.';
comment on column public.trending_state.pass is 'A full computation under way; it has come to pass_cursor and found pass_drift rows that differed.';
comment on column public.trending_state.verified_at is 'The window end at which a full computation last stood beside the stored counts.';
comment on column public.trending_state.drift is 'Rows in which the last full recomputation differed from the increments; always 0 unless something is broken.';
insert into public.trending_state default values;

-- Counts per topic and window, as of trending_state. No index on counts: updates stay on their page.
create table public.topic_window_metrics (
  window_minutes integer not null,
  topic_id text collate "C" not null,
  posts integer not null default 0,
  unique_authors integer not null default 0,
  previous_authors integer not null default 0,
  replies integer not null default 0,
  boosts integer not null default 0,
  bookmarks integer not null default 0,
  changed_at timestamptz not null,
  primary key (window_minutes, topic_id),
  constraint counts_are_not_negative
    check (least(posts, unique_authors, previous_authors, replies, boosts, bookmarks) >= 0)
) with (fillfactor = 80);
comment on column public.topic_window_metrics.previous_authors is 'Unique authors of the window of the same length that ended where this one starts.';

create table public.topic_metrics_history (
  topic_id text collate "C" not null,
  window_minutes integer not null,
  window_end timestamptz not null,
  source text not null,
  posts integer not null,
  unique_authors integer not null,
  previous_authors integer not null,
  replies integer not null,
  boosts integer not null,
  bookmarks integer not null,
  participant_delta integer not null generated always as (unique_authors - previous_authors) stored,
  score double precision not null,
  profile text not null,
  primary key (topic_id, window_minutes, source, window_end),
  constraint topic_metrics_history_source_is_known check (source in ('refresh', 'backfill'))
);
create index topic_metrics_history_by_end on public.topic_metrics_history (window_end);

-- Which window ends are in the history: an hour in which nothing happened is recorded too, with 0 topics.
create table public.topic_metrics_recordings (
  source text not null,
  window_end timestamptz not null,
  window_minutes integer not null,
  topics integer not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (source, window_end, window_minutes)
);

-- What a post, an author or a boost is worth. `active` is the profile an admin chose; without one, the setting decides
-- (TRENDING_SCORE_PROFILE). Which one is in force stands in trending_state.
create table public.score_profiles (
  name text primary key,
  posts double precision not null default 0,
  unique_authors double precision not null default 0,
  boosts double precision not null default 0,
  replies double precision not null default 0,
  bookmarks double precision not null default 0,
  participant_delta double precision not null default 0,
  active boolean not null default false,
  updated_at timestamptz not null default clock_timestamp(),
  constraint score_profile_names_are_short check (name ~ '^[a-z0-9-]{1,40}$'),
  constraint score_weights_are_finite check (
    least(posts, unique_authors, boosts, replies, bookmarks, participant_delta) >= -1000
    and greatest(posts, unique_authors, boosts, replies, bookmarks, participant_delta) <= 1000)
);
create unique index one_active_score_profile on public.score_profiles (active) where active;
insert into public.score_profiles (name, posts, unique_authors, boosts, replies, bookmarks, participant_delta) values
  ('default', 0.6, 0.3, 0.1, 0, 0, 0),
  ('engagement', 0.3, 0.3, 0.2, 0.1, 0.1, 0),
  ('newcomers', 0.3, 0.4, 0.1, 0, 0, 0.2);

-- The triggers below act for whoever writes, whatever else that role may do (security definer).
-- A row whose values change: its old ones leave, its new ones arrive with this transaction.
create function public.note_changed_post() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Whoever boosts or bookmarks this post at the same time waits, or is waited for: neither misses the other.
  perform from public.posts where id = old.id for update;
  if old.deleted_at is null then
    insert into public.trending_removals (kind, topic_id, author_id, created_at, is_reply, was_xid)
    values ('post', old.topic_id, old.author_id, old.created_at, old.is_reply, old.changed_xid);
  end if;
  new.changed_xid := pg_current_xact_id();
  return new;
end;
$$;
create trigger note_changed_post before update on public.posts for each row
  when ((old.topic_id, old.author_id, old.created_at, old.deleted_at is null, old.reply_to is null)
    is distinct from (new.topic_id, new.author_id, new.created_at, new.deleted_at is null, new.reply_to is null))
  execute function public.note_changed_post();

-- Boosts and bookmarks count where their post does.
create function public.move_engagement() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_topic text := case when new.deleted_at is null then new.topic_id end;
begin
  update public.boosts set topic_id = v_topic where post_id = new.id and topic_id is distinct from v_topic;
  update public.bookmarks set topic_id = v_topic where post_id = new.id and topic_id is distinct from v_topic;
  return null;
end;
$$;
create trigger move_engagement after update on public.posts for each row
  when ((old.topic_id, old.deleted_at is null) is distinct from (new.topic_id, new.deleted_at is null))
  execute function public.move_engagement();

-- The lock is the one the foreign key takes anyway; note_changed_post waits for it.
create function public.place_engagement() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  select p.topic_id into new.topic_id from public.posts p
  where p.id = new.post_id and p.deleted_at is null for key share;
  return new;
end;
$$;
create trigger place_boost before insert on public.boosts for each row execute function public.place_engagement();
create trigger place_bookmark before insert on public.bookmarks for each row execute function public.place_engagement();

create function public.note_changed_engagement() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if old.topic_id is not null then
    insert into public.trending_removals (kind, topic_id, created_at, is_reply, was_xid)
    values (tg_argv[0], old.topic_id, old.created_at, false, old.changed_xid);
  end if;
  new.changed_xid := pg_current_xact_id();
  return new;
end;
$$;
create trigger note_changed_boost before update on public.boosts for each row
  when ((old.topic_id, old.created_at) is distinct from (new.topic_id, new.created_at))
  execute function public.note_changed_engagement('boost');
create trigger note_changed_bookmark before update on public.bookmarks for each row
  when ((old.topic_id, old.created_at) is distinct from (new.topic_id, new.created_at))
  execute function public.note_changed_engagement('bookmark');

create function public.note_deleted_posts() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.trending_removals (kind, topic_id, author_id, created_at, is_reply, was_xid)
  select 'post', topic_id, author_id, created_at, is_reply, changed_xid from deleted where deleted_at is null;
  return null;
end;
$$;
create trigger note_deleted_posts after delete on public.posts referencing old table as deleted
  for each statement execute function public.note_deleted_posts();

create function public.note_deleted_engagement() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.trending_removals (kind, topic_id, created_at, is_reply, was_xid)
  select tg_argv[0], topic_id, created_at, false, changed_xid from deleted where topic_id is not null;
  return null;
end;
$$;
create trigger note_deleted_boosts after delete on public.boosts referencing old table as deleted
  for each statement execute function public.note_deleted_engagement('boost');
create trigger note_deleted_bookmarks after delete on public.bookmarks referencing old table as deleted
  for each statement execute function public.note_deleted_engagement('bookmark');

-- A truncated table left no old values: the next refresh counts from nothing.
create function public.forget_trending() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.trending_state set window_end = null, snapshot = null, pass = null;
  return null;
end;
$$;
create trigger forget_trending after truncate on public.posts for each statement execute function public.forget_trending();
create trigger forget_trending after truncate on public.boosts for each statement execute function public.forget_trending();
create trigger forget_trending after truncate on public.bookmarks for each statement execute function public.forget_trending();

alter table public.topics enable row level security;
alter table public.posts enable row level security;
alter table public.boosts enable row level security;
alter table public.bookmarks enable row level security;
alter table public.user_follows enable row level security;
alter table public.topic_follows enable row level security;
alter table public.trending_removals enable row level security;
alter table public.trending_state enable row level security;
alter table public.topic_window_metrics enable row level security;
alter table public.topic_metrics_history enable row level security;
alter table public.topic_metrics_recordings enable row level security;
alter table public.score_profiles enable row level security;
revoke all on public.topics, public.posts, public.boosts, public.bookmarks, public.user_follows, public.topic_follows,
  public.trending_removals, public.trending_activity, public.trending_state, public.topic_window_metrics,
  public.topic_metrics_history, public.topic_metrics_recordings, public.score_profiles from anon, authenticated;
grant select, insert, update, delete on public.topics, public.posts, public.boosts, public.bookmarks, public.user_follows,
  public.topic_follows, public.trending_removals, public.trending_state, public.topic_window_metrics,
  public.topic_metrics_history, public.topic_metrics_recordings, public.score_profiles to service_role;
grant select on public.trending_activity to service_role;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.note_changed_post()',
    'public.move_engagement()',
    'public.place_engagement()',
    'public.note_changed_engagement()',
    'public.note_deleted_posts()',
    'public.note_deleted_engagement()',
    'public.forget_trending()'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
