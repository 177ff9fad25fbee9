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

-- Two topics with a few posts, so that /api/v1/trending/topics has something to say.
insert into public.topics (id, name)
values ('seed-topic-film', '名画座'), ('seed-topic-food', '夜食')
on conflict (id) do nothing;

insert into public.posts (id, topic_id, author_id, reply_to, body, created_at)
values
  ('seed-post-1', 'seed-topic-film', 'seed-author-1', null, '今夜は東京物語をもう一度。', now() - interval '2 hours'),
  ('seed-post-2', 'seed-topic-film', 'seed-author-2', 'seed-post-1', '何度見ても発見があります。', now() - interval '90 minutes'),
  ('seed-post-3', 'seed-topic-food', 'seed-author-3', null, '映画のあとの蕎麦がいちばん。', now() - interval '30 minutes')
on conflict (id) do nothing;

insert into public.boosts (post_id, user_id, created_at)
values ('seed-post-1', 'seed-author-3', now() - interval '1 hour')
on conflict (post_id, user_id) do nothing;
