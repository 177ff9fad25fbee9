-- "Results are in" by e-mail, for the authors whom no push reaches.

alter table public.deliveries add column event_id uuid references public.events (id) on delete set null;
comment on column public.deliveries.event_id is 'The event a message tells of; null for digests and test messages.';
create unique index one_delivery_per_event_user_and_channel on public.deliveries (event_id, user_id, channel) where event_id is not null;

-- Authors of a closed theme who can be reached by e-mail, have no phone to push to, and have not been written to of this
-- event; with their ranked works, best first.
create function public.result_mail_recipients(p_event_id uuid, p_theme_id text, p_limit integer)
returns table (user_id text, email text, locale text, timezone text, works jsonb)
language sql
stable
set search_path = ''
as $$
  select s.user_id, s.email, s.locale, s.timezone, mine.works
  from (
    select w.author_id, jsonb_agg(jsonb_build_object('title', w.title, 'rank', r.rank) order by r.rank) as works
    from public.rankings r join public.works w on w.id = r.work_id
    where r.theme_id = p_theme_id and w.author_id is not null
    group by w.author_id
  ) mine
  join public.user_alert_settings s on s.user_id = mine.author_id
  where 'email' = any (public.open_channels(s, '{email}'))
    and not exists (select 1 from public.push_tokens t where t.user_id = s.user_id and t.disabled_at is null)
    and not exists (
      select 1 from public.deliveries d where d.event_id = p_event_id and d.user_id = s.user_id and d.channel = 'email')
  order by s.user_id
  limit p_limit;
$$;

-- Freezes rendered result mails [{user_id, recipient, local_date, content}]; one per event and user, whoever asks again.
create function public.freeze_result_mails(p_event_id uuid, p_mails jsonb) returns integer
language sql
set search_path = ''
as $$
  with written as (
    insert into public.deliveries (event_id, user_id, channel, recipient, local_date, content)
    select p_event_id, m.user_id, 'email', m.recipient, m.local_date, m.content
    from jsonb_to_recordset(p_mails) as m (user_id text, recipient text, local_date date, content jsonb)
    on conflict do nothing
    returning 1
  )
  select count(*)::integer from written;
$$;

-- Functions are open to everybody unless told otherwise; these, by signature, are for the server alone.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
    'public.result_mail_recipients(uuid, text, integer)',
    'public.freeze_result_mails(uuid, jsonb)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public, anon, authenticated', v_function);
    execute format('grant execute on function %s to service_role', v_function);
  end loop;
end $$;
