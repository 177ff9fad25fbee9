-- A small contest for `supabase db reset`: today's theme with three works. `npm run dev` loads a larger one itself.
insert into public.themes (id, date, title, submissions_closed_at)
values ('seed-today', (now() at time zone 'Asia/Tokyo')::date, '夜の映画', now())
on conflict (id) do nothing;

insert into public.works (id, theme_id, title, author_id)
values
  ('seed-work-1', 'seed-today', '東京物語', 'seed-author-1'),
  ('seed-work-2', 'seed-today', '七人の侍', 'seed-author-2'),
  ('seed-work-3', 'seed-today', '千と千尋の神隠し', 'seed-author-3')
on conflict (id) do nothing;
