-- What the ledger keeps beyond its runs: totals that outlive them, occurrences that were not run because the job
-- rests after failures, and what operators have been told of.

-- Executions in all. A run that failed and was tried again counts as a failure and as what came of it.
create table public.job_totals (
  env text not null,
  job text not null references public.jobs (name) on delete cascade,
  succeeded bigint not null default 0,
  failed bigint not null default 0,
  skipped bigint not null default 0,
  duration_seconds double precision not null default 0,
  duration_buckets bigint[] not null,
  counts jsonb not null default '{}',
  last_success_at timestamptz,
  last_success_counts jsonb not null default '{}',
  last_failure_at timestamptz,
  last_duration_seconds double precision,
  primary key (env, job),
  constraint job_totals_env_is_known check (env in ('dev', 'prod'))
);
comment on table public.job_totals is 'Totals per job since it is known. Pruning the ledger never lowers them.';
comment on column public.job_totals.duration_seconds is 'Sum over all executions that ended by themselves.';
comment on column public.job_totals.duration_buckets is 'Executions per bucket of job_duration_bounds(), each by itself, the last one above them all.';
comment on column public.job_totals.counts is 'Sums of every count that runs reported.';

-- What operators have been told of. Each fact is kept with the success it follows, so that the next one voids it.
create table public.job_alerts (
  env text not null,
  job text not null references public.jobs (name) on delete cascade,
  failures_told integer not null default 0,
  failures_told_after timestamptz,
  late_told_after timestamptz,
  primary key (env, job),
  constraint job_alerts_env_is_known check (env in ('dev', 'prod'))
);
comment on column public.job_alerts.failures_told is 'The longest streak of failures told of since failures_told_after.';
comment on column public.job_alerts.late_told_after is 'Lateness was told of once since this success; -infinity when there was none.';

alter table public.job_totals enable row level security;
alter table public.job_alerts enable row level security;
revoke all on public.job_totals, public.job_alerts from anon, authenticated;
grant select, insert, update, delete on public.job_totals, public.job_alerts to service_role;

-- Upper bounds of the duration buckets in seconds, each included. Stored buckets follow this list: a change needs
-- a migration of job_totals.
create function public.job_duration_bounds() returns double precision[]
language sql
immutable
set search_path = ''
as $$
  select array[0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300]::double precision[];
$$;

-- Durations counted per bucket.
create function public.job_duration_buckets(p_seconds double precision[]) returns bigint[]
language sql
immutable
set search_path = ''
as $$
  select array_agg((
      select count(*) from unnest(p_seconds) s
      where s > coalesce(b.lower_bound, '-infinity') and s <= coalesce(b.upper_bound, 'infinity')
    ) order by b.n)
  from (
    select n, bounds[n - 1] as lower_bound, bounds[n] as upper_bound
    from public.job_duration_bounds() as bounds, generate_series(1, cardinality(bounds) + 1) as n
  ) b;
$$;

-- Two objects of counts added up; what is not a number, or below zero, counts nothing.
create function public.sum_counts(p_left jsonb, p_right jsonb) returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(key, total), '{}') from (
    select key, sum(value::text::numeric) as total
    from (select * from jsonb_each(p_left) union all select * from jsonb_each(p_right)) c
    where jsonb_typeof(value) = 'number' and value::text::numeric >= 0
    group by key
  ) summed;
$$;

-- Adds one execution to the totals. p_started_at is null where its duration says nothing.
create function public.add_to_job_totals(
  p_env text, p_job text, p_status text, p_started_at timestamptz, p_finished_at timestamptz, p_counts jsonb
) returns void
language plpgsql
set search_path = ''
as $$
declare
  -- A clock set back makes no time negative; greatest() alone would turn an unknown time into 0.
  v_seconds double precision := case when p_started_at is not null
    then greatest(extract(epoch from p_finished_at - p_started_at), 0) end;
begin
  insert into public.jobs (name) values (p_job) on conflict do nothing;
  insert into public.job_totals as t
    (env, job, succeeded, failed, skipped, duration_seconds, duration_buckets, counts,
     last_success_at, last_success_counts, last_failure_at, last_duration_seconds)
  values
    (p_env, p_job, (p_status = 'succeeded')::integer, (p_status = 'failed')::integer, (p_status = 'skipped')::integer,
     coalesce(v_seconds, 0), public.job_duration_buckets(array_remove(array[v_seconds], null)),
     public.sum_counts(p_counts, '{}'),
     case p_status when 'succeeded' then p_finished_at end, case p_status when 'succeeded' then p_counts else '{}' end,
     case p_status when 'failed' then p_finished_at end, v_seconds)
  on conflict (env, job) do update set
    succeeded = t.succeeded + excluded.succeeded,
    failed = t.failed + excluded.failed,
    skipped = t.skipped + excluded.skipped,
    duration_seconds = t.duration_seconds + excluded.duration_seconds,
    duration_buckets = (
      select array_agg(o.had + o.has order by o.n)
      from unnest(t.duration_buckets, excluded.duration_buckets) with ordinality as o (had, has, n)),
    counts = public.sum_counts(t.counts, excluded.counts),
    last_success_at = greatest(t.last_success_at, excluded.last_success_at),
    last_success_counts = case when excluded.last_success_at is null then t.last_success_counts
      else excluded.last_success_counts end,
    last_failure_at = greatest(t.last_failure_at, excluded.last_failure_at),
    last_duration_seconds = coalesce(excluded.last_duration_seconds, t.last_duration_seconds);
end;
$$;

-- Closes the row and adds it to the totals; false when the lease was lost, so that a late attempt cannot overwrite
-- its successor.
create or replace function public.finish_job_run(
  p_run_id uuid,
  p_lease_token uuid,
  p_status text,
  p_outcome text,
  p_counts jsonb,
  p_failure_rate numeric,
  p_error jsonb,
  p_progress jsonb default null
) returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_run public.job_runs;
begin
  update public.job_runs
  set status = p_status,
      outcome = p_outcome,
      counts = coalesce(p_counts, '{}'),
      failure_rate = p_failure_rate,
      error = p_error,
      progress = coalesce(p_progress, progress),
      finished_at = clock_timestamp(),
      lease_token = null,
      lease_expires_at = null
  where id = p_run_id and lease_token = p_lease_token and status = 'running'
  returning * into v_run;
  if not found then
    return false;
  end if;
  perform public.add_to_job_totals(v_run.env, v_run.job, v_run.status, v_run.started_at, v_run.finished_at, v_run.counts);
  return true;
end;
$$;

-- Runs whose lease expired and that have no attempt left: closed as failed, so that nothing shows as running forever.
-- When their process stopped is not known: they have no duration.
create or replace function public.fail_abandoned_runs(p_env text, p_job text, p_max_attempts integer) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_run public.job_runs;
  v_closed integer := 0;
begin
  for v_run in
    update public.job_runs
    set status = 'failed', finished_at = clock_timestamp(), lease_token = null, lease_expires_at = null,
        error = jsonb_build_object('code', 'abandoned', 'permanent', true,
          'message', 'the process running this job stopped without a word, ' || attempt || ' times')
    where env = p_env and job = p_job and status = 'running' and lease_expires_at < clock_timestamp() and attempt >= p_max_attempts
    returning *
  loop
    perform public.add_to_job_totals(v_run.env, v_run.job, 'failed', null, v_run.finished_at, v_run.counts);
    v_closed := v_closed + 1;
  end loop;
  return v_closed;
end;
$$;

-- Notes an occurrence that is not run, and answers its row. A row that is there already stays as it is.
create function public.skip_job_run(
  p_job text,
  p_env text,
  p_occurrence text,
  p_trigger text,
  p_outcome text,
  p_input jsonb default '{}',
  p_scheduled_for timestamptz default null
) returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid;
  v_now timestamptz := clock_timestamp();
begin
  insert into public.jobs (name) values (p_job) on conflict do nothing;
  insert into public.job_runs (job, env, occurrence, scheduled_for, trigger, input, status, outcome, started_at, finished_at)
  values (p_job, p_env, p_occurrence, p_scheduled_for, p_trigger, p_input, 'skipped', p_outcome, v_now, v_now)
  on conflict (env, job, occurrence) do nothing
  returning id into v_id;
  if found then
    perform public.add_to_job_totals(p_env, p_job, 'skipped', null, v_now, '{}');
  else
    update public.job_runs set duplicate_calls = duplicate_calls + 1
    where env = p_env and job = p_job and occurrence = p_occurrence
    returning id into v_id;
  end if;
  return v_id;
end;
$$;

-- When the job's latest success began; -infinity when it has none.
create function public.last_success_start(p_env text, p_job text) returns timestamptz
language sql
stable
set search_path = ''
as $$
  select coalesce(max(r.started_at), '-infinity') from public.job_runs r
  where r.env = p_env and r.job = p_job and r.status = 'succeeded';
$$;

-- Runs that failed since the job's latest success: {failures, since, seconds_ago}; since is the end of the first,
-- seconds_ago the age of the last, by the ledger's clock.
create function public.job_streak(p_env text, p_job text) returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('failures', count(*), 'since', min(r.finished_at),
    'seconds_ago', extract(epoch from clock_timestamp() - max(r.finished_at)))
  from public.job_runs r
  where r.env = p_env and r.job = p_job and r.status = 'failed'
    and r.started_at > public.last_success_start(p_env, p_job);
$$;

-- True for one caller: nobody was told yet that this streak of failures is p_threshold or more long.
create function public.claim_failure_alert(p_env text, p_job text, p_failures integer, p_threshold integer) returns boolean
language sql
set search_path = ''
as $$
  with claimed as (
    insert into public.job_alerts as a (env, job, failures_told, failures_told_after)
    values (p_env, p_job, p_failures, public.last_success_start(p_env, p_job))
    on conflict (env, job) do update
    set failures_told = excluded.failures_told, failures_told_after = excluded.failures_told_after
    where a.failures_told < p_threshold or a.failures_told_after is distinct from excluded.failures_told_after
    returning 1
  )
  select exists (select from claimed);
$$;

-- True for one caller: a success has ended a streak that was told of.
create function public.claim_recovery_alert(p_env text, p_job text) returns boolean
language sql
set search_path = ''
as $$
  with claimed as (
    update public.job_alerts set failures_told = 0
    where env = p_env and job = p_job and failures_told > 0
      and failures_told_after < public.last_success_start(p_env, p_job)
    returning 1
  )
  select exists (select from claimed);
$$;

-- True for one caller: nobody was told yet that the job is late since its latest success.
create function public.claim_lateness_alert(p_env text, p_job text) returns boolean
language sql
set search_path = ''
as $$
  with claimed as (
    insert into public.job_alerts as a (env, job, late_told_after)
    values (p_env, p_job, public.last_success_start(p_env, p_job))
    on conflict (env, job) do update set late_told_after = excluded.late_told_after
    where a.late_told_after is distinct from excluded.late_told_after
    returning 1
  )
  select exists (select from claimed);
$$;

-- All a scrape needs of the ledger: {duration_bounds, jobs: [...]}, one entry per job seen.
create function public.job_metrics(p_env text) returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('duration_bounds', to_jsonb(public.job_duration_bounds()), 'jobs', coalesce(jsonb_agg(
    jsonb_build_object('job', h.job, 'first_seen_at', h.first_seen_at, 'last_success_started_at', h.last_success_started_at,
      'failures_in_a_row', h.failures_in_a_row, 'totals', to_jsonb(t) - 'env' - 'job')), '[]'))
  from public.job_health(p_env, 0) h
  left join public.job_totals t on t.env = p_env and t.job = h.job;
$$;

-- How fresh and how large the trending metrics are: {window_end, drift, topics: {<minutes>: n}}.
create function public.trending_gauges() returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('window_end', s.window_end, 'drift', s.drift, 'topics', s.topics) from public.trending_state s;
$$;

-- The totals of what the ledger still holds, earlier attempts included.
insert into public.jobs (name) select distinct job from public.job_runs on conflict do nothing;

insert into public.job_totals
  (env, job, succeeded, failed, skipped, duration_seconds, duration_buckets, counts,
   last_success_at, last_success_counts, last_failure_at, last_duration_seconds)
with ended as (
  select env, job, status, finished_at, counts,
    case when status <> 'skipped' and error ->> 'code' is distinct from 'abandoned' and started_at is not null
      then greatest(extract(epoch from finished_at - started_at), 0)::double precision end as seconds
  from public.job_runs where status in ('succeeded', 'failed', 'skipped') and finished_at is not null
  union all
  select r.env, r.job, h.status, h.finished_at, '{}'::jsonb,
    greatest(extract(epoch from h.finished_at - h.started_at), 0)::double precision
  from public.job_runs r
  cross join jsonb_to_recordset(r.history) as h (status text, started_at timestamptz, finished_at timestamptz)
  where h.status = 'failed' and h.finished_at is not null
), summed as (
  select env, job, jsonb_object_agg(key, total) as counts from (
    select env, job, c.key, sum(c.value::text::numeric) as total
    from ended cross join jsonb_each(counts) as c
    where jsonb_typeof(c.value) = 'number' and c.value::text::numeric >= 0
    group by env, job, c.key) per_count
  group by env, job
)
select e.env, e.job,
  count(*) filter (where e.status = 'succeeded'),
  count(*) filter (where e.status = 'failed'),
  count(*) filter (where e.status = 'skipped'),
  coalesce(sum(e.seconds), 0),
  public.job_duration_buckets(coalesce(array_agg(e.seconds) filter (where e.seconds is not null), '{}')),
  coalesce(s.counts, '{}'),
  max(e.finished_at) filter (where e.status = 'succeeded'),
  coalesce((array_agg(e.counts order by e.finished_at desc) filter (where e.status = 'succeeded'))[1], '{}'),
  max(e.finished_at) filter (where e.status = 'failed'),
  (array_agg(e.seconds order by e.finished_at desc) filter (where e.seconds is not null))[1]
from ended e
left join summed s using (env, job)
group by e.env, e.job, s.counts;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.job_duration_bounds()',
    'public.job_duration_buckets(double precision[])',
    'public.sum_counts(jsonb, jsonb)',
    'public.add_to_job_totals(text, text, text, timestamptz, timestamptz, jsonb)',
    'public.skip_job_run(text, text, text, text, text, jsonb, timestamptz)',
    'public.last_success_start(text, text)',
    'public.job_streak(text, text)',
    'public.claim_failure_alert(text, text, integer, integer)',
    'public.claim_recovery_alert(text, text)',
    'public.claim_lateness_alert(text, text)',
    'public.job_metrics(text)',
    'public.trending_gauges()'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
