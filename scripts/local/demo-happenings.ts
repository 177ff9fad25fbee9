import { DEMO_TOPICS, type DemoTopic, demoBody } from "./demo-topics";

const HOUR_MS = 3_600_000;
const POSTS_AN_HOUR = 76;
const USERS = 1_100;
/** Busiest topic to quietest as 1 / place ^ this. */
const ZIPF = 0.85;
/** Posts an hour by the clock in Japan, from midnight: quiet at night, most after dinner. */
const CLOCK = [
  0.7, 0.4, 0.3, 0.2, 0.2, 0.3, 0.6, 1, 1.2, 1, 0.9, 1, 1.4, 1.2, 0.9, 0.9, 1, 1.1, 1.3, 1.6, 1.8, 1.9, 1.6,
  1.1,
];
const BOT = "bot-otoku-0001";

interface DemoPost {
  id: string;
  topic_id: string;
  author_id: string;
  reply_to: string | null;
  body: string;
  created_at: Date;
  deleted_at: Date | null;
}

interface Engagement {
  post_id: string;
  user_id: string;
  created_at: Date;
}

/**
 * What is said, boosted and kept in the topics after `since` up to `until` (both in ms). An hour tells
 * the same whenever it is asked for, but for the stories: they are counted back from `until`, so that they look alike at
 * any minute.
 */
export function demoHappenings(since: number, until: number) {
  const posts: DemoPost[] = [];
  const boosts: Engagement[] = [];
  const bookmarks: Engagement[] = [];
  const shares = DEMO_TOPICS.map((_, place) => 1 / (place + 1) ** ZIPF);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const [first, last] = [Math.floor(since / HOUR_MS), Math.floor(until / HOUR_MS)];
  for (const [place, topic] of DEMO_TOPICS.entries()) {
    const said: DemoPost[] = [];
    for (let hour = first; hour <= last; hour += 1) {
      const draw = seeded(hour * 1_009 + place);
      const usual = (POSTS_AN_HOUR * (shares[place] ?? 0)) / whole;
      const count = poisson(
        usual * (CLOCK[(hour + 9) % 24] ?? 1) + extra(topic, until / HOUR_MS - hour - 0.5),
        draw,
      );
      for (let n = 0; n < count; n += 1) {
        const at = hour * HOUR_MS + Math.floor(draw() * HOUR_MS);
        const post = postOf(topic, `demo-${hour}-${place}-${n}`, at, said, draw);
        const liked = engagementOf(post, until, draw);
        if (at <= since || at > until) continue;
        said.push(post);
        boosts.push(...liked.boosts);
        bookmarks.push(...liked.bookmarks);
      }
    }
    posts.push(...said);
  }
  // Somebody took one of the busiest topic's posts back.
  const taken = posts.find((post) => post.topic_id === DEMO_TOPICS[0]?.id);
  if (taken) taken.deleted_at = new Date(taken.created_at.getTime() + 20 * 60_000);
  return { posts, boosts, bookmarks };
}

/** Posts an hour beside the usual. `age`: how long ago the middle of the hour was, in hours; the hour may be under way. */
function extra(topic: DemoTopic, age: number): number {
  if (topic.story === "rising") return age < 6 ? 18 * (6 - age) : 0;
  if (topic.story === "fallen") return age >= 20 && age < 40 ? 24 - Math.abs(age - 30) * 2 : 0;
  if (topic.story === "bot") return age < 26 ? 14 : 0;
  return 0;
}

function postOf(topic: DemoTopic, id: string, at: number, said: DemoPost[], draw: () => number): DemoPost {
  const byBot = topic.story === "bot" && draw() < 0.85;
  const answers = said.length > 0 && draw() < 0.3;
  return {
    id,
    topic_id: topic.id,
    author_id: byBot ? BOT : userOf(draw),
    reply_to: answers ? (said[Math.floor(draw() * said.length)]?.id ?? null) : null,
    body: demoBody(topic, Math.floor(draw() * 100_000)),
    created_at: new Date(at),
    deleted_at: null,
  };
}

/** Who boosts and keeps a post, each within some hours of it. Nobody cares for a bot's. */
function engagementOf(post: DemoPost, until: number, draw: () => number) {
  const liking = post.author_id === BOT ? 0 : 1.4 * draw() * 2;
  const of = (expected: number): Engagement[] =>
    Array.from({ length: poisson(expected, draw) }, () => ({
      post_id: post.id,
      user_id: userOf(draw),
      created_at: new Date(post.created_at.getTime() + Math.floor(-Math.log(1 - draw()) * 1.5 * HOUR_MS)),
    })).filter(({ created_at }) => created_at.getTime() <= until);
  return { boosts: of(liking), bookmarks: of(liking * 0.35) };
}

/** Some users are there all day, most look in now and then. */
function userOf(draw: () => number): string {
  return `user-${String(1 + Math.floor(USERS * draw() ** 1.7)).padStart(4, "0")}`;
}

function poisson(mean: number, draw: () => number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = draw(); product > floor; product *= draw()) count += 1;
  return count;
}

/** Mulberry32: the same numbers for the same seed, on every machine. */
function seeded(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
