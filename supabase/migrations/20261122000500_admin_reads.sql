-- What only the operator's pages read.

create index job_runs_newest on public.job_runs (env, queued_at desc, id desc);

-- A page of the ledger, newest first; null filters match all. The page continues after the row
-- (p_before_queued_at, p_before_id), so rows that arrive meanwhile never shift it.
create function public.list_runs(
  p_env text,
  p_job text default null,
  p_status text default null,
  p_trigger text default null,
  p_before_queued_at timestamptz default null,
  p_before_id uuid default null,
  p_limit integer default 50
) returns table (
  id uuid,
  job text,
  occurrence text,
  scheduled_for timestamptz,
  trigger text,
  status text,
  outcome text,
  attempt integer,
  queued_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  counts jsonb,
  error jsonb,
  duplicate_calls integer,
  lease_expires_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select r.id, r.job, r.occurrence, r.scheduled_for, r.trigger, r.status, r.outcome, r.attempt, r.queued_at, r.started_at,
    r.finished_at, r.counts, r.error, r.duplicate_calls, r.lease_expires_at
  from public.job_runs r
  where r.env = p_env
    and (p_job is null or r.job = p_job)
    and (p_status is null or r.status = p_status)
    and (p_trigger is null or r.trigger = p_trigger)
    and (p_before_queued_at is null or (r.queued_at, r.id) < (p_before_queued_at, p_before_id))
  order by r.queued_at desc, r.id desc
  limit p_limit;
$$;

-- The final ranks of some works of a theme; works that are not ranked are left out.
create function public.ranks_of_works(p_theme_id text, p_work_ids text[])
returns table (work_id text, rank integer)
language sql
stable
set search_path = ''
as $$
  select r.work_id, r.rank from public.rankings r where r.theme_id = p_theme_id and r.work_id = any (p_work_ids);
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.list_runs(text, text, text, text, timestamptz, uuid, integer)',
    'public.ranks_of_works(text, text[])'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
