-- Who may use /admin: signing in through Supabase Auth is not enough.

create table public.admins (
  user_id uuid primary key,
  email text,
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.admins is 'Supabase Auth users who are operators. Add one: insert into public.admins select id, email from auth.users where email = …';

alter table public.admins enable row level security;
revoke all on public.admins from anon, authenticated;
grant select, insert, update, delete on public.admins to service_role;
