-- The job ledger: what ran, for which occurrence, how it ended. The truth about every job.

create table public.jobs (
  name text primary key,
  schedule text,
  first_seen_at timestamptz not null default now()
);
comment on table public.jobs is 'Jobs this database has seen. first_seen_at bounds catch-up: an occurrence before it was never owed.';

create table public.job_runs (
  id uuid primary key default gen_random_uuid(),
  job text not null,
  occurrence text not null,
  scheduled_for timestamptz,
  trigger text not null,
  env text not null,
  status text not null,
  outcome text,
  attempt integer not null default 0,
  input jsonb not null default '{}',
  queued_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  progress jsonb,
  counts jsonb not null default '{}',
  failure_rate numeric,
  error jsonb,
  history jsonb not null default '[]',
  duplicate_calls integer not null default 0,
  lease_token uuid,
  lease_expires_at timestamptz,
  parent_id uuid references public.job_runs (id) on delete set null,
  constraint one_run_per_occurrence unique (env, job, occurrence),
  constraint job_runs_env_is_known check (env in ('dev', 'prod')),
  constraint job_runs_trigger_is_known
    check (trigger in ('cron', 'catch-up', 'manual', 'api', 'cli', 'admin', 'queue')),
  constraint job_runs_status_is_known
    check (status in ('queued', 'running', 'succeeded', 'failed', 'skipped', 'canceled')),
  constraint a_running_run_holds_a_lease
    check (status <> 'running' or (lease_token is not null and lease_expires_at is not null))
);
comment on column public.job_runs.occurrence is 'The scheduled instant (ISO 8601, UTC), or a unique key for a run somebody asked for.';
comment on column public.job_runs.error is '{code, message, permanent} of the last attempt.';
comment on column public.job_runs.history is 'Earlier attempts: [{attempt, status, started_at, finished_at, error}].';
comment on column public.job_runs.duplicate_calls is 'Callers that found this occurrence taken or done, and were answered skipped.';

create index job_runs_by_job on public.job_runs (env, job, queued_at desc);
create index job_runs_successes on public.job_runs (env, job, started_at desc) where status = 'succeeded';
create index job_runs_failures on public.job_runs (env, job, started_at) where status = 'failed';
create index job_runs_unfinished on public.job_runs (status, lease_expires_at) where status in ('queued', 'running', 'failed');
create index job_runs_by_parent on public.job_runs (parent_id) where parent_id is not null;

alter table public.jobs enable row level security;
alter table public.job_runs enable row level security;
revoke all on public.jobs, public.job_runs from anon, authenticated;
grant select, insert, update, delete on public.jobs, public.job_runs to service_role;

-- Opens the ledger row of one occurrence, or takes over a failed, queued or lost one.
-- Answers {decision: 'run' | 'skip', reason, run}: however many callers come, one runs.
create function public.claim_job_run(
  p_job text,
  p_env text,
  p_occurrence text,
  p_trigger text,
  p_lease_seconds double precision,
  p_input jsonb default '{}',
  p_scheduled_for timestamptz default null,
  p_parent_id uuid default null
) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_run public.job_runs;
  v_reason text;
  v_now timestamptz := clock_timestamp();
begin
  insert into public.jobs (name) values (p_job) on conflict do nothing;

  insert into public.job_runs as r
    (job, env, occurrence, scheduled_for, trigger, input, parent_id, status, attempt, started_at, lease_token, lease_expires_at)
  values
    (p_job, p_env, p_occurrence, p_scheduled_for, p_trigger, p_input, p_parent_id, 'running', 1, v_now,
     gen_random_uuid(), v_now + make_interval(secs => p_lease_seconds))
  on conflict (env, job, occurrence) do nothing
  returning * into v_run;
  if found then
    return jsonb_build_object('decision', 'run', 'reason', 'first', 'run', to_jsonb(v_run));
  end if;

  select * into v_run from public.job_runs
  where env = p_env and job = p_job and occurrence = p_occurrence
  for update;

  v_now := clock_timestamp();
  if v_run.status in ('succeeded', 'skipped', 'canceled') then
    v_reason := 'already_' || v_run.status;
  elsif v_run.status = 'running' and v_run.lease_expires_at > v_now then
    v_reason := 'running';
  end if;
  if v_reason is not null then
    update public.job_runs set duplicate_calls = duplicate_calls + 1 where id = v_run.id;
    return jsonb_build_object('decision', 'skip', 'reason', v_reason, 'run', to_jsonb(v_run));
  end if;

  v_reason := case v_run.status when 'running' then 'lease_lost' when 'failed' then 'retry' else 'queued' end;
  update public.job_runs as r
  set status = 'running',
      attempt = r.attempt + 1,
      started_at = v_now,
      finished_at = null,
      outcome = null,
      error = null,
      progress = null,
      counts = '{}',
      failure_rate = null,
      lease_token = gen_random_uuid(),
      lease_expires_at = v_now + make_interval(secs => p_lease_seconds),
      history = case when v_run.status = 'queued' then r.history else r.history || jsonb_build_object(
        'attempt', r.attempt,
        'status', case when v_run.status = 'running' then 'lost' else v_run.status end,
        'started_at', r.started_at,
        'finished_at', r.finished_at,
        'error', r.error) end
  where r.id = v_run.id
  returning * into v_run;
  return jsonb_build_object('decision', 'run', 'reason', v_reason, 'run', to_jsonb(v_run));
end;
$$;

-- Prolongs the lease and stores progress; false when the lease belongs to somebody else by now.
create function public.heartbeat_job_run(
  p_run_id uuid,
  p_lease_token uuid,
  p_lease_seconds double precision,
  p_progress jsonb default null
) returns boolean
language sql
set search_path = ''
as $$
  with kept as (
    update public.job_runs
    set lease_expires_at = clock_timestamp() + make_interval(secs => p_lease_seconds),
        progress = coalesce(p_progress, progress)
    where id = p_run_id and lease_token = p_lease_token and status = 'running'
    returning 1
  )
  select exists (select 1 from kept);
$$;

-- Closes the row; false when the lease was lost, so that a late attempt cannot overwrite its successor.
create function public.finish_job_run(
  p_run_id uuid,
  p_lease_token uuid,
  p_status text,
  p_outcome text,
  p_counts jsonb,
  p_failure_rate numeric,
  p_error jsonb,
  p_progress jsonb default null
) returns boolean
language sql
set search_path = ''
as $$
  with closed as (
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
    returning 1
  )
  select exists (select 1 from closed);
$$;

-- Notes which jobs exist with their schedules: [{name, schedule}]. Keeps first_seen_at.
create function public.register_jobs(p_jobs jsonb) returns void
language sql
set search_path = ''
as $$
  insert into public.jobs as j (name, schedule)
  select r.name, r.schedule from jsonb_to_recordset(p_jobs) as r (name text, schedule text)
  on conflict (name) do update set schedule = excluded.schedule
  where j.schedule is distinct from excluded.schedule;
$$;

-- One row per job seen: latest run, latest success, failures since, and its newest runs (oldest first).
create function public.job_health(p_env text, p_recent integer default 30)
returns table (
  job text,
  first_seen_at timestamptz,
  last_run jsonb,
  last_success_started_at timestamptz,
  last_success_at timestamptz,
  failures_in_a_row integer,
  recent jsonb
)
language sql
stable
set search_path = ''
as $$
  select j.name, j.first_seen_at, l.run, s.started_at, s.finished_at, coalesce(f.n, 0)::integer, coalesce(rec.runs, '[]')
  from public.jobs j
  left join lateral (
    select jsonb_build_object('id', r.id, 'status', r.status, 'outcome', r.outcome, 'trigger', r.trigger,
      'attempt', r.attempt, 'started_at', r.started_at, 'finished_at', r.finished_at, 'error', r.error,
      'progress', r.progress, 'lease_expires_at', r.lease_expires_at) as run
    from public.job_runs r
    where r.env = p_env and r.job = j.name
    order by r.queued_at desc limit 1
  ) l on true
  left join lateral (
    select r.started_at, r.finished_at from public.job_runs r
    where r.env = p_env and r.job = j.name and r.status = 'succeeded'
    order by r.started_at desc limit 1
  ) s on true
  left join lateral (
    select count(*) as n from public.job_runs r
    where r.env = p_env and r.job = j.name and r.status = 'failed'
      and r.started_at > coalesce(s.started_at, '-infinity')
  ) f on true
  left join lateral (
    select jsonb_agg(jsonb_build_object('id', n.id, 'status', n.status, 'outcome', n.outcome,
      'started_at', n.started_at, 'finished_at', n.finished_at,
      'duration_ms', round(extract(epoch from n.finished_at - n.started_at) * 1000)) order by n.queued_at) as runs
    from (
      select r.* from public.job_runs r
      where r.env = p_env and r.job = j.name
      order by r.queued_at desc limit p_recent
    ) n
  ) rec on true
  order by j.name;
$$;

-- Runs that need somebody: leases that expired, and failures that may pass (fewer attempts than allowed).
create function public.runs_to_recover(p_env text, p_job text, p_max_attempts integer, p_limit integer default 20)
returns setof public.job_runs
language sql
stable
set search_path = ''
as $$
  select * from public.job_runs r
  where r.env = p_env and r.job = p_job and r.attempt < p_max_attempts
    and ((r.status = 'running' and r.lease_expires_at < clock_timestamp())
      or (r.status = 'failed' and coalesce((r.error ->> 'permanent')::boolean, false) is false
        and r.finished_at < clock_timestamp() - make_interval(secs => 60 * power(2, r.attempt - 1))
        and r.finished_at > clock_timestamp() - interval '24 hours'))
  order by r.queued_at limit p_limit;
$$;

-- Runs whose lease expired and that have no attempt left: closed as failed, so that nothing shows as running forever.
create function public.fail_abandoned_runs(p_env text, p_job text, p_max_attempts integer) returns integer
language sql
set search_path = ''
as $$
  with abandoned as (
    update public.job_runs
    set status = 'failed', finished_at = clock_timestamp(), lease_token = null, lease_expires_at = null,
        error = jsonb_build_object('code', 'abandoned', 'permanent', true,
          'message', 'the process running this job stopped without a word, ' || attempt || ' times')
    where env = p_env and job = p_job and status = 'running' and lease_expires_at < clock_timestamp() and attempt >= p_max_attempts
    returning 1
  )
  select count(*)::integer from abandoned;
$$;

-- Ledger retention: finished runs older than the given instant, but never a job's latest success.
create function public.prune_job_runs(p_env text, p_before timestamptz) returns integer
language sql
set search_path = ''
as $$
  with pruned as (
    delete from public.job_runs r
    where r.env = p_env and r.finished_at < p_before and r.status in ('succeeded', 'failed', 'skipped', 'canceled')
      and r.id not in (
        select distinct on (k.job) k.id from public.job_runs k
        where k.env = p_env and k.status = 'succeeded' order by k.job, k.started_at desc)
    returning 1
  )
  select count(*)::integer from pruned;
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.claim_job_run(text, text, text, text, double precision, jsonb, timestamptz, uuid)',
    'public.heartbeat_job_run(uuid, uuid, double precision, jsonb)',
    'public.finish_job_run(uuid, uuid, text, text, jsonb, numeric, jsonb, jsonb)',
    'public.register_jobs(jsonb)',
    'public.job_health(text, integer)',
    'public.runs_to_recover(text, text, integer, integer)',
    'public.fail_abandoned_runs(text, text, integer)',
    'public.prune_job_runs(text, timestamptz)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
